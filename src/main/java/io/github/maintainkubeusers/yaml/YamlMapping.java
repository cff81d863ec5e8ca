package io.github.maintainkubeusers.yaml;

import java.util.List;
import java.util.Optional;

/**
 * Keys, which are unique scalars, and their values, in order. Merge keys ({@code <<}) are keys like
 * others.
 */
public final class YamlMapping extends YamlCollection {
  YamlMapping(boolean flow, List<CollectionEntry> entries, Origin origin) {
    super(flow, entries, origin);
  }

  public static YamlMapping create() {
    return new YamlMapping(false, List.of(), Origin.NONE);
  }

  public List<YamlScalar> keys() {
    return present().stream().map(entry -> entry.key().orElseThrow()).toList();
  }

  /** The value; through an alias what it stands for. */
  public Optional<YamlNode> get(String key) {
    return entry(key).map(entry -> entry.value().resolved());
  }

  /**
   * Sets the value to a text, quoted as the one before; a value that is this text already stays as
   * it is.
   */
  public YamlMapping put(String key, String text) {
    var present = get(key);
    if (present.isPresent() && present.get() instanceof YamlScalar scalar) {
      return scalar.isText() && scalar.text().equals(text)
          ? this
          : put(key, YamlScalar.text(text, scalar.quoting()));
    }
    return put(key, YamlScalar.text(text));
  }

  /** Sets the value; a new key comes last. */
  public YamlMapping put(String key, YamlNode value) {
    entry(key)
        .ifPresentOrElse(
            entry -> entry.replace(value),
            () -> entries().add(CollectionEntry.added(Optional.of(YamlScalar.text(key)), value)));
    return this;
  }

  /** Without effect when there is no such key. */
  public void remove(String key) {
    entry(key).ifPresent(CollectionEntry::remove);
  }

  @Override
  public String kind() {
    return "a mapping";
  }

  @Override
  public YamlMapping copy() {
    return new YamlMapping(isFlow(), copiedSlots(), Origin.NONE);
  }

  private Optional<CollectionEntry> entry(String key) {
    return present().stream().filter(entry -> entry.hasKey(key)).findFirst();
  }
}
