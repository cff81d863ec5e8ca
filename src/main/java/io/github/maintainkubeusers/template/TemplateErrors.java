package io.github.maintainkubeusers.template;

import io.github.maintainkubeusers.yaml.ConfigurationException;
import io.github.maintainkubeusers.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with templates, all of it. */
final class TemplateErrors {
  private final List<String> faults = new ArrayList<>();

  void add(String file, YamlNode node, String fault) {
    faults.add(file + ":" + Math.max(1, node.line()) + ": " + fault);
  }

  void add(String file, int line, String fault) {
    faults.add(file + ":" + line + ": " + fault);
  }

  void addAll(ConfigurationException exception) {
    faults.addAll(exception.errors());
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  /**
   * @throws ConfigurationException when there are any
   */
  void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
  }
}
