package io.github.maintainkubeusers.yaml;

import java.util.List;

/**
 * The edits within one flow collection: what was removed from it and added to it, with the commas.
 */
record FlowSplice(YamlCollection flow, Source source, Layout layout, Renderer renderer) {
  void addTo(List<Edit> edits) {
    var read = Layout.read(flow);
    for (int i = 0; i < read.size(); i++) {
      if (read.get(i).isRemoved()) {
        edits.add(removal(read, i));
      }
    }
    insert(read, edits);
  }

  private Edit removal(List<Slot> read, int index) {
    var slot = read.get(index);
    if (read.stream().skip(index).anyMatch(later -> !later.isRemoved())) {
      return Edit.delete(layout.start(flow, slot), layout.start(flow, read.get(index + 1)));
    }
    int start = index == 0 ? layout.start(flow, slot) : layout.end(read.get(index - 1));
    return Edit.delete(start, layout.end(slot));
  }

  private void insert(List<Slot> read, List<Edit> edits) {
    int at = read.isEmpty() ? flow.origin().end() - 1 : layout.end(read.getLast());
    boolean first = read.stream().allMatch(Slot::isRemoved);
    for (Slot slot : flow.present()) {
      if (slot.isAdded()) {
        edits.add(Edit.insert(at, (first ? "" : separator(read)) + renderer.flowEntry(slot)));
        first = false;
      }
    }
  }

  /** On a line of its own where the first entry is. */
  private String separator(List<Slot> read) {
    if (read.isEmpty()) {
      return ", ";
    }
    int start = layout.start(flow, read.getFirst());
    return layout.isFirstOnLine(start) ? "," + source.newline() + source.before(start) : ", ";
  }
}
