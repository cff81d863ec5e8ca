package io.github.maintainkubeusers.yaml;

import java.util.List;
import java.util.Optional;

/** A list. */
public final class YamlSequence extends YamlCollection {
  YamlSequence(boolean flow, List<CollectionEntry> entries, Origin origin) {
    super(flow, entries, origin);
  }

  public static YamlSequence create() {
    return new YamlSequence(false, List.of(), Origin.NONE);
  }

  /** The items; for an alias what it stands for. */
  public List<YamlNode> items() {
    return present().stream().map(entry -> entry.value().resolved()).toList();
  }

  public YamlSequence append(YamlNode item) {
    entries().add(CollectionEntry.added(Optional.empty(), item));
    return this;
  }

  /** Removes the item at this place among {@link #items}. */
  public void remove(int index) {
    present().get(index).remove();
  }

  @Override
  public String kind() {
    return "a list";
  }

  @Override
  public YamlSequence copy() {
    return new YamlSequence(isFlow(), copiedSlots(), Origin.NONE);
  }
}
