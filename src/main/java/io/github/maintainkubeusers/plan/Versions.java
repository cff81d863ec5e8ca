package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/**
 * The versions of an account's record and bindings that a plan was made from. A write that finds
 * another version is refused as a conflict, and the account is planned again.
 *
 * @param record of the object that holds the record, {@code IDENTITY/VERSION}; empty when there is
 *     none. An object that was deleted and created again under the same name has another identity
 * @param bindings of those that stand
 */
public record Versions(String record, Map<ManagedObject, String> bindings) {
  public static final Versions NONE = new Versions("", Map.of());

  public Versions {
    requireNonNull(record, "record is null");
    bindings = Map.copyOf(bindings);
  }

  /** The identity of the object that holds the record; empty when there is none. */
  public String identity() {
    return record.substring(0, Math.max(0, record.indexOf('/')));
  }

  /** After a write of the record. */
  public Versions withRecord(String version) {
    return new Versions(version, bindings);
  }

  /** After a write of a binding. */
  public Versions withBinding(ManagedObject binding, String version) {
    var changed = new HashMap<>(bindings);
    changed.put(binding, version);
    return new Versions(record, changed);
  }

  /** After the deletion of a binding. */
  public Versions withoutBinding(ManagedObject binding) {
    var changed = new HashMap<>(bindings);
    changed.remove(binding);
    return new Versions(record, changed);
  }
}
