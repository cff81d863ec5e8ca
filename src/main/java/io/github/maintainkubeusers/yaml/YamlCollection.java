package io.github.maintainkubeusers.yaml;

import java.util.ArrayList;
import java.util.List;

/** A mapping or a list. */
public abstract sealed class YamlCollection extends YamlNode permits YamlMapping, YamlSequence {
  private final boolean flow;
  private final List<Slot> slots;

  YamlCollection(boolean flow, List<Slot> slots, Origin origin) {
    super(origin);
    this.flow = flow;
    this.slots = new ArrayList<>(slots);
  }

  public final boolean isEmpty() {
    return present().isEmpty();
  }

  /** Written with brackets, as in JSON. */
  final boolean isFlow() {
    return flow;
  }

  /** With the removed ones; those that were added come last. */
  final List<Slot> slots() {
    return slots;
  }

  final List<Slot> present() {
    return slots.stream().filter(slot -> !slot.isRemoved()).toList();
  }

  final List<Slot> copiedSlots() {
    return present().stream()
        .map(slot -> Slot.added(slot.key().map(YamlScalar::copy), slot.value().copy()))
        .toList();
  }
}
