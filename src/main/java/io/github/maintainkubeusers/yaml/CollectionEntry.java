package io.github.maintainkubeusers.yaml;

import java.util.Optional;

/**
 * A place in a collection. It remembers what was read there, so that the difference between the
 * text and the tree can be told.
 */
final class CollectionEntry {
  private final Optional<YamlScalar> key;
  private final Optional<YamlNode> read;
  private YamlNode value;
  private boolean removed;

  private CollectionEntry(Optional<YamlScalar> key, Optional<YamlNode> read, YamlNode value) {
    this.key = key;
    this.read = read;
    this.value = value;
  }

  static CollectionEntry read(Optional<YamlScalar> key, YamlNode value) {
    return new CollectionEntry(key, Optional.of(value), value);
  }

  static CollectionEntry added(Optional<YamlScalar> key, YamlNode value) {
    return new CollectionEntry(key, Optional.empty(), value);
  }

  /** Empty in a list. */
  Optional<YamlScalar> key() {
    return key;
  }

  boolean hasKey(String text) {
    return key.isPresent() && key.get().text().equals(text);
  }

  YamlNode value() {
    return value;
  }

  void replace(YamlNode newValue) {
    value = newValue;
  }

  void remove() {
    removed = true;
  }

  boolean isRemoved() {
    return removed;
  }

  boolean isAdded() {
    return read.isEmpty();
  }

  boolean isReplaced() {
    return read.isPresent() && read.get() != value;
  }

  /** What stood here when the text was read. */
  YamlNode readValue() {
    return read.orElseThrow();
  }
}
