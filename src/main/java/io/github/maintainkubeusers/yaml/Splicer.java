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
          .filter(slot -> !slot.isRemoved())
          .forEach(slot -> visit(collection, slot));
      if (collection.isFlow()) {
        new FlowSplice(collection, source, layout, renderer).addTo(edits);
      } else {
        changeBlock(collection);
      }
    }
  }

  private void visit(YamlCollection parent, Slot slot) {
    if (!slot.isReplaced()) {
      visit(slot.value());
    } else if (parent.isFlow()) {
      replace(slot, spaced(slot, renderer.flow(slot.value())));
    } else if (slot.key().isPresent()) {
      replaceAfterKey(slot, renderer.afterKey(slot.value(), layout.column(parent)));
    } else {
      replace(slot, spaced(slot, renderer.inPlace(slot.value(), slot.readValue().column() - 1)));
    }
  }

  private void replace(Slot slot, String text) {
    edits.add(new Edit(slot.readValue().origin().start(), layout.end(slot.readValue()), text));
  }

  /** Nothing was there, not even the space before it. */
  private static String spaced(Slot slot, String text) {
    return slot.readValue().origin().isEmpty() ? " " + text : text;
  }

  private void replaceAfterKey(Slot slot, String text) {
    if (text.startsWith(" ")) {
      replace(slot, spaced(slot, text.substring(1)));
    } else {
      replaceByLines(slot, text);
    }
  }

  /** The lines follow the key's line, where a comment can stand. */
  private void replaceByLines(Slot slot, String text) {
    int start =
        source.trimmedEnd(
            slot.key().orElseThrow().origin().end(), slot.readValue().origin().start());
    int end = layout.end(slot.readValue());
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

  private void removeFromBlock(YamlCollection block, List<Slot> read, int index) {
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
    var added = block.present().stream().filter(Slot::isAdded).toList();
    if (!added.isEmpty()) {
      int column = layout.column(block);
      var text =
          added.stream()
              .map(slot -> renderer.lineBreak(column) + renderer.entry(slot, column))
              .collect(joining());
      edits.add(Edit.insert(source.lineEnd(layout.end(block)), text));
    }
  }
}
