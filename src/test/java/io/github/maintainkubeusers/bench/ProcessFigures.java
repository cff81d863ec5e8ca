package io.github.maintainkubeusers.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process has used, by the kernel's account.
 *
 * @param cpuSeconds since its start
 * @param residentMiB now
 * @param peakMiB the most that was resident
 */
record ProcessFigures(
    double cpuSeconds, double residentMiB, double peakMiB, int descriptors, int threads) {
  private static final double TICKS = 100;
  private static final int USER_TIME = 11;

  static ProcessFigures of(long pid) {
    Path folder = Path.of("/proc/" + pid);
    try (Stream<Path> descriptors = Files.list(folder.resolve("fd"))) {
      String status = Files.readString(folder.resolve("status"));
      // After the name in brackets, which may contain anything: state, then numbers.
      String[] stat =
          Files.readString(folder.resolve("stat")).replaceFirst("(?s).*\\) ", "").split(" ", -1);
      double cpu = (Long.parseLong(stat[USER_TIME]) + Long.parseLong(stat[USER_TIME + 1])) / TICKS;
      return new ProcessFigures(
          cpu,
          number(status, "VmRSS") / 1024.0,
          number(status, "VmHWM") / 1024.0,
          (int) descriptors.count(),
          number(status, "Threads"));
    } catch (IOException e) {
      throw new UncheckedIOException("could not look at process " + pid, e);
    }
  }

  private static int number(String status, String field) {
    return status
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
