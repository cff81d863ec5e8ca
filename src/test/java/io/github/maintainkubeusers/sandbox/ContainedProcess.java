package io.github.maintainkubeusers.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program in a container, as the kernel sees it. */
record ContainedProcess(long pid, List<String> status, List<String> mounts) {
  private static final String JAVA = "/opt/maintain-kubeusers/jre/bin/java";

  /** CHOWN, SETGID and SETUID: bits 0, 6 and 7 (capabilities(7)). */
  private static final String CAPABILITIES = "00000000000000c1";

  static List<ContainedProcess> all() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().filter(JAVA::equals).isPresent())
        .map(process -> of(process.pid()))
        .toList();
  }

  boolean hasNoMorePowerThanNamed() {
    return List.of("CapPrm", "CapEff", "CapBnd").stream()
            .allMatch(set -> status.contains(set + ":\t" + CAPABILITIES))
        && status.containsAll(List.of("NoNewPrivs:\t1", "Seccomp:\t2"))
        && mounts.stream()
            .map(line -> line.split(" "))
            .anyMatch(fields -> fields[1].equals("/") && fields[3].matches("ro(,.*)?"));
  }

  private static ContainedProcess of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      return new ContainedProcess(
          pid,
          Files.readAllLines(process.resolve("status")),
          Files.readAllLines(process.resolve("mounts")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
