package io.github.maintainkubeusers.yaml;

import static java.util.stream.Collectors.joining;

/**
 * Writes trees anew, as kubectl lays them out: mappings indented by two, lists not indented in
 * their mapping. Columns count from 0.
 */
final class Renderer {
  private static final int INDENT = 2;

  private final String newline;

  Renderer(String newline) {
    this.newline = newline;
  }

  /** The text of a document. */
  String document(YamlNode root) {
    return inPlace(root, 0) + newline;
  }

  String lineBreak(int column) {
    return newline + " ".repeat(column);
  }

  /** An entry of a block mapping or list, whose keys or dashes stand at the column. */
  String entry(CollectionEntry entry, int column) {
    return entry
        .key()
        .map(key -> ScalarText.block(key) + ":" + afterKey(entry.value(), column))
        .orElseGet(() -> "- " + inPlace(entry.value(), column + INDENT));
  }

  /** An entry of a flow mapping or list. */
  String flowEntry(CollectionEntry entry) {
    return entry.key().map(key -> ScalarText.flow(key) + ": ").orElse("") + flow(entry.value());
  }

  /** What follows {@code key:}, with the space or line break before it. */
  String afterKey(YamlNode value, int keyColumn) {
    var node = value.resolved();
    if (!(node instanceof YamlCollection collection) || isInline(collection)) {
      return " " + inPlace(node, keyColumn);
    }
    int column = node instanceof YamlMapping ? keyColumn + INDENT : keyColumn;
    return lineBreak(column) + inPlace(node, column);
  }

  /** A node whose first line is begun already and whose other lines start at the column. */
  String inPlace(YamlNode value, int column) {
    return switch (value.resolved()) {
      case YamlScalar scalar -> ScalarText.block(scalar);
      case YamlCollection collection when isInline(collection) -> flow(collection);
      case YamlCollection collection ->
          collection.present().stream()
              .map(entry -> entry(entry, column))
              .collect(joining(lineBreak(column)));
      case YamlAlias alias ->
          throw new IllegalStateException("an alias of an alias: " + alias.line());
    };
  }

  String flow(YamlNode value) {
    return switch (value.resolved()) {
      case YamlScalar scalar -> ScalarText.flow(scalar);
      case YamlMapping mapping -> flow(mapping, "{", "}");
      case YamlSequence sequence -> flow(sequence, "[", "]");
      case YamlAlias alias ->
          throw new IllegalStateException("an alias of an alias: " + alias.line());
    };
  }

  private String flow(YamlCollection collection, String open, String close) {
    return collection.present().stream().map(this::flowEntry).collect(joining(", ", open, close));
  }

  private static boolean isInline(YamlCollection collection) {
    return collection.isFlow() || collection.isEmpty();
  }
}
