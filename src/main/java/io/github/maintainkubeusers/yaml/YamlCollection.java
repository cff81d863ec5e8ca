package io.github.maintainkubeusers.yaml;

import java.util.ArrayList;
import java.util.List;

/** A mapping or a list. */
public abstract sealed class YamlCollection extends YamlNode permits YamlMapping, YamlSequence {
  private final boolean flow;
  private final List<CollectionEntry> entries;

  YamlCollection(boolean flow, List<CollectionEntry> entries, Origin origin) {
    super(origin);
    this.flow = flow;
    this.entries = new ArrayList<>(entries);
  }

  public final boolean isEmpty() {
    return present().isEmpty();
  }

  /** Written with brackets, as in JSON. */
  final boolean isFlow() {
    return flow;
  }

  /** With the removed ones; those that were added come last. */
  final List<CollectionEntry> entries() {
    return entries;
  }

  final List<CollectionEntry> present() {
    return entries.stream().filter(entry -> !entry.isRemoved()).toList();
  }

  final List<CollectionEntry> copiedSlots() {
    return present().stream()
        .map(
            entry -> CollectionEntry.added(entry.key().map(YamlScalar::copy), entry.value().copy()))
        .toList();
  }
}
