package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ends servers whose starter was killed. Each run has a folder with a file {@code processes}: its
 * first line is the starter, the others its servers, each as pid and start time, for a pid alone
 * may mean another process by now.
 */
final class Leftovers {
  private static final String PREFIX = "maintain-kubeusers-";

  private Leftovers() {}

  /** A new folder for one run, after what earlier runs left was ended and deleted. */
  static synchronized Path newFolder(String purpose) {
    try {
      Path base = Path.of(System.getProperty("java.io.tmpdir"));
      sweep(base);
      Path folder = Files.createTempDirectory(base, PREFIX + purpose + "-");
      Files.writeString(folder.resolve("processes"), line(ProcessHandle.current()));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("could not make a folder for the run", e);
    }
  }

  static String line(ProcessHandle process) {
    return process.pid()
        + " "
        + process.info().startInstant().map(Instant::toString).orElse("unknown")
        + "\n";
  }

  private static void sweep(Path base) throws IOException {
    List<Path> runs;
    try (Stream<Path> entries = Files.list(base)) {
      runs =
          entries
              .filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
              .filter(entry -> Files.isReadable(entry.resolve("processes")))
              .toList();
    }
    for (Path run : runs) {
      List<String> processes = Files.readAllLines(run.resolve("processes"));
      if (!processes.isEmpty() && running(processes.getFirst()).isEmpty()) {
        end(run);
      }
    }
  }

  /**
   * Ends and deletes what a run has started, its starter excepted; some servers have a folder of
   * their own in it.
   */
  static void end(Path run) {
    ProcessHandle us = ProcessHandle.current();
    try (Stream<Path> lists = Files.find(run, 2, (file, _) -> file.endsWith("processes"))) {
      for (Path list : lists.toList()) {
        Files.readAllLines(list).stream()
            .flatMap(line -> running(line).stream())
            .filter(process -> !process.equals(us))
            .forEach(Leftovers::end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read what was started in " + run, e);
    }
    delete(run);
  }

  private static Optional<ProcessHandle> running(String line) {
    return ProcessHandle.of(Long.parseLong(line.split(" ", 2)[0]))
        .filter(process -> line(process).strip().equals(line));
  }

  private static void end(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + folder, e);
    }
  }
}
