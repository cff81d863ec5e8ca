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

  private Edit removal(List<CollectionEntry> read, int index) {
    var entry = read.get(index);
    if (read.stream().skip(index).anyMatch(later -> !later.isRemoved())) {
      return Edit.delete(layout.start(flow, entry), layout.start(flow, read.get(index + 1)));
    }
    int start = index == 0 ? layout.start(flow, entry) : layout.end(read.get(index - 1));
    return Edit.delete(start, layout.end(entry));
  }

  private void insert(List<CollectionEntry> read, List<Edit> edits) {
    int at = read.isEmpty() ? flow.origin().end() - 1 : layout.end(read.getLast());
    boolean first = read.stream().allMatch(CollectionEntry::isRemoved);
    for (CollectionEntry entry : flow.present()) {
      if (entry.isAdded()) {
        edits.add(Edit.insert(at, (first ? "" : separator(read)) + renderer.flowEntry(entry)));
        first = false;
      }
    }
  }

  /** On a line of its own where the first entry is. */
  private String separator(List<CollectionEntry> read) {
    if (read.isEmpty()) {
      return ", ";
    }
    int start = layout.start(flow, read.getFirst());
    return layout.isFirstOnLine(start) ? "," + source.newline() + source.before(start) : ", ";
  }
}
