package io.github.maintainkubeusers.yaml;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Writes trees without aliases as JSON, indented by two. */
final class JsonRenderer {
  private final Renderer renderer = new Renderer("\n");

  /** A node whose first line is begun already and whose other lines start at the column. */
  String at(YamlNode node, int column) {
    return switch (node) {
      case YamlMapping mapping when !mapping.isEmpty() ->
          lines("{", mapping.present(), "}", column);
      case YamlSequence sequence when !sequence.isEmpty() ->
          lines("[", sequence.present(), "]", column);
      default -> renderer.flow(node);
    };
  }

  private String lines(String open, List<CollectionEntry> entries, String close, int column) {
    int inner = column + 2;
    return entries.stream()
        .map(
            entry ->
                entry.key().map(key -> ScalarText.flow(key) + ": ").orElse("")
                    + at(entry.value(), inner))
        .collect(
            joining(
                "," + renderer.lineBreak(inner),
                open + renderer.lineBreak(inner),
                renderer.lineBreak(column) + close));
  }
}
