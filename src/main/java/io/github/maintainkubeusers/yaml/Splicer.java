package io.github.maintainkubeusers.yaml;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns the difference between a tree and the text it was read from into edits of the text, so that
 * all else keeps its bytes. It knows the usual layouts; whoever applies the edits has to read the
 * result again and compare.
 */
final class Splicer {
  private final Source source;
  private final Layout layout;
  private final Renderer renderer;
  private final List<Edit> edits = new ArrayList<>();

  private Splicer(Source source) {
    this.source = source;
    this.layout = new Layout(source);
    this.renderer = new Renderer(source.newline());
  }

  static List<Edit> edits(Source source, YamlNode root) {
    var splicer = new Splicer(source);
    splicer.visit(root);
    return splicer.edits;
  }

  private void visit(YamlNode node) {
    if (node instanceof YamlCollection collection) {
      Layout.read(collection).stream()
          .filter(entry -> !entry.isRemoved())
          .forEach(entry -> visit(collection, entry));
      if (collection.isFlow()) {
        new FlowSplice(collection, source, layout, renderer).addTo(edits);
      } else {
        changeBlock(collection);
      }
    }
  }

  private void visit(YamlCollection parent, CollectionEntry entry) {
    if (!entry.isReplaced()) {
      visit(entry.value());
    } else if (parent.isFlow()) {
      replace(entry, spaced(entry, renderer.flow(entry.value())));
    } else if (entry.key().isPresent()) {
      replaceAfterKey(entry, renderer.afterKey(entry.value(), layout.column(parent)));
    } else {
      replace(
          entry, spaced(entry, renderer.inPlace(entry.value(), entry.readValue().column() - 1)));
    }
  }

  private void replace(CollectionEntry entry, String text) {
    edits.add(new Edit(entry.readValue().origin().start(), layout.end(entry.readValue()), text));
  }

  /** Nothing was there, not even the space before it. */
  private static String spaced(CollectionEntry entry, String text) {
    return entry.readValue().origin().isEmpty() ? " " + text : text;
  }

  private void replaceAfterKey(CollectionEntry entry, String text) {
    if (text.startsWith(" ")) {
      replace(entry, spaced(entry, text.substring(1)));
    } else {
      replaceByLines(entry, text);
    }
  }

  /** The lines follow the key's line, where a comment can stand. */
  private void replaceByLines(CollectionEntry entry, String text) {
    int start =
        source.trimmedEnd(
            entry.key().orElseThrow().origin().end(), entry.readValue().origin().start());
    int end = layout.end(entry.readValue());
    edits.add(Edit.delete(start, end));
    edits.add(Edit.insert(source.lineEnd(end), text));
  }

  private void changeBlock(YamlCollection block) {
    var read = Layout.read(block);
    if (block.isEmpty()) {
      edits.add(
          new Edit(layout.start(block, read.getFirst()), layout.end(block), renderer.flow(block)));
      return;
    }
    for (int i = 0; i < read.size(); i++) {
      if (read.get(i).isRemoved()) {
        removeFromBlock(block, read, i);
      }
    }
    insertIntoBlock(block);
  }

  private void removeFromBlock(YamlCollection block, List<CollectionEntry> read, int index) {
    int start = layout.start(block, read.get(index));
    if (layout.isFirstOnLine(start)) {
      edits.add(
          Edit.delete(source.previousLineEnd(start), source.lineEnd(layout.end(read.get(index)))));
    } else {
      boolean last = index + 1 == read.size();
      int end = last ? layout.end(read.get(index)) : layout.start(block, read.get(index + 1));
      edits.add(Edit.delete(start, end));
    }
  }

  private void insertIntoBlock(YamlCollection block) {
    var added = block.present().stream().filter(CollectionEntry::isAdded).toList();
    if (!added.isEmpty()) {
      int column = layout.column(block);
      var text =
          added.stream()
              .map(entry -> renderer.lineBreak(column) + renderer.entry(entry, column))
              .collect(joining());
      edits.add(Edit.insert(source.lineEnd(layout.end(block)), text));
    }
  }
}
