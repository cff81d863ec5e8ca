package io.github.maintainkubeusers.kubeconfig;

import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlScalar;
import java.util.Optional;

/** Values of a kubeconfig as kubectl takes them: null counts as absent. */
final class Nodes {
  private Nodes() {}

  static boolean isAbsent(Optional<YamlNode> node) {
    return node.isEmpty() || isNull(node.get());
  }

  static boolean isNull(YamlNode node) {
    return node instanceof YamlScalar scalar && scalar.isNull();
  }

  /** Also an empty text. */
  static boolean isBlank(Optional<YamlNode> node) {
    return isAbsent(node) || (node.get() instanceof YamlScalar scalar && scalar.text().isEmpty());
  }

  /** The text of a scalar; empty for anything else. */
  static String text(Optional<YamlNode> node) {
    return node.isPresent() && node.get() instanceof YamlScalar scalar ? scalar.text() : "";
  }
}
