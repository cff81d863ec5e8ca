package io.github.maintainkubeusers.yaml;

import java.util.List;

/**
 * Compares trees: keys in the same order with equal values. Layout, quotes and aliases do not
 * matter.
 */
final class SemanticEquality {
  private SemanticEquality() {}

  static boolean same(YamlNode one, YamlNode other) {
    var left = one.resolved();
    var right = other.resolved();
    if (left instanceof YamlScalar a && right instanceof YamlScalar b) {
      return same(a, b);
    }
    return left.getClass() == right.getClass()
        && left instanceof YamlCollection a
        && right instanceof YamlCollection b
        && same(a.present(), b.present());
  }

  private static boolean same(YamlScalar a, YamlScalar b) {
    return a.type() == b.type()
        && switch (a.type()) {
          case NULL -> true;
          case BOOLEAN -> a.text().equalsIgnoreCase(b.text());
          case TEXT, INTEGER, FLOAT, DISPUTED -> a.text().equals(b.text());
        };
  }

  private static boolean same(List<CollectionEntry> a, List<CollectionEntry> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!sameKey(a.get(i), b.get(i)) || !same(a.get(i).value(), b.get(i).value())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameKey(CollectionEntry a, CollectionEntry b) {
    return a.key().map(YamlScalar::text).equals(b.key().map(YamlScalar::text));
  }
}
