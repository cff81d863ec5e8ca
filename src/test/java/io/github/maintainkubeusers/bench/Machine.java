package io.github.maintainkubeusers.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a reader must know of the machine to compare figures. */
final class Machine {
  private Machine() {}

  /** As it is now: the load is that of whoever else uses it. */
  static Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put(
        "processor",
        Runtime.getRuntime().availableProcessors()
            + " cores, "
            + field("/proc/cpuinfo", "model name"));
    facts.put(
        "memory",
        String.format(
            Locale.ROOT,
            "%.0f GiB",
            Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", ""))
                / 1024.0
                / 1024.0));
    facts.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", Java "
            + System.getProperty("java.version"));
    facts.put("load when it began", line("/proc/loadavg").replaceFirst(" \\S+ \\S+$", ""));
    return facts;
  }

  private static String field(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
