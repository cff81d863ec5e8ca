package io.github.maintainkubeusers.yaml;

import java.util.List;

/** Where the parts of collections that were read begin and end in the text. */
record Layout(Source source) {
  /** The collection's slots that were read. */
  static List<CollectionEntry> read(YamlCollection collection) {
    return collection.entries().stream().filter(entry -> !entry.isAdded()).toList();
  }

  /** Where the slot's key stands, its dash, or its item in a flow list. */
  int start(YamlCollection parent, CollectionEntry entry) {
    int start =
        entry.key().map(YamlNode::origin).orElseGet(() -> entry.readValue().origin()).start();
    return entry.key().isPresent() || parent.isFlow()
        ? start
        : source.text().lastIndexOf('-', start - 1);
  }

  int end(CollectionEntry entry) {
    int end = end(entry.readValue());
    return entry.key().map(key -> Math.max(key.origin().end(), end)).orElse(end);
  }

  /** Where the content ends, without the white space and comments that follow it. */
  int end(YamlNode node) {
    var origin = node.origin();
    return node instanceof YamlCollection collection
            && !collection.isFlow()
            && !read(collection).isEmpty()
        ? end(read(collection).getLast())
        : end(origin);
  }

  /**
   * A block scalar goes on to the next line that is not its own; the blank lines before that may
   * belong to it.
   */
  private int end(Origin origin) {
    int trimmed = source.trimmedEnd(origin.start(), origin.end());
    return Math.max(
        trimmed, trimmed == origin.end() ? trimmed : source.previousLineEnd(origin.end()));
  }

  /** From 0: where the keys or dashes of a block collection stand. */
  int column(YamlCollection block) {
    var before = source.before(start(block, read(block).getFirst()));
    return before.codePointCount(0, before.length());
  }

  boolean isFirstOnLine(int offset) {
    return source.before(offset).isBlank();
  }
}
