package io.github.maintainkubeusers.yaml;

import java.util.List;
import java.util.Optional;

/**
 * Keys, which are unique scalars, and their values, in order. Merge keys ({@code <<}) are keys like
 * others.
 */
public final class YamlMapping extends YamlCollection {
  YamlMapping(boolean flow, List<Slot> slots, Origin origin) {
    super(flow, slots, origin);
  }

  public static YamlMapping create() {
    return new YamlMapping(false, List.of(), Origin.NONE);
  }

  public List<YamlScalar> keys() {
    return present().stream().map(slot -> slot.key().orElseThrow()).toList();
  }

  /** The value; through an alias what it stands for. */
  public Optional<YamlNode> get(String key) {
    return slot(key).map(slot -> slot.value().resolved());
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
    slot(key)
        .ifPresentOrElse(
            slot -> slot.replace(value),
            () -> slots().add(Slot.added(Optional.of(YamlScalar.text(key)), value)));
    return this;
  }

  /** Without effect when there is no such key. */
  public void remove(String key) {
    slot(key).ifPresent(Slot::remove);
  }

  @Override
  public String kind() {
    return "a mapping";
  }

  @Override
  public YamlMapping copy() {
    return new YamlMapping(isFlow(), copiedSlots(), Origin.NONE);
  }

  private Optional<Slot> slot(String key) {
    return present().stream().filter(slot -> slot.hasKey(key)).findFirst();
  }
}
