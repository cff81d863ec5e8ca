package io.github.maintainkubeusers.yaml;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.List;

/** The faults found so far in one file. */
final class ConfigErrors {
  private final String file;
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  ConfigErrors(String file) {
    this.file = file;
  }

  /**
   * @param path of the key, as in {@code ldap.servers[0]}; empty for the file itself
   */
  void add(int line, String path, String message) {
    faults.add(new Fault(line, path.isEmpty() ? message : path + ": " + message));
  }

  void warn(int line, String path, String message) {
    warnings.add(file + ":" + line + ": " + path + ": " + message);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * @throws ConfigurationException when there are any, by line
   */
  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(
          faults.stream()
              .sorted(comparingInt(Fault::line))
              .map(fault -> file + ":" + fault.line() + ": " + fault.message())
              .toList());
    }
  }

  private record Fault(int line, String message) {}
}
