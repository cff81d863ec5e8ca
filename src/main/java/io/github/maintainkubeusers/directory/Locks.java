package io.github.maintainkubeusers.directory;

import com.unboundid.ldap.sdk.Entry;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All locks that an entry may have. One of them is enough. */
public record Locks(List<Lock> all) {
  public Locks {
    all = List.copyOf(all);
  }

  public static Locks parse(List<String> texts) {
    return new Locks(texts.stream().map(Lock::parse).toList());
  }

  /** The names of the attributes to ask for. */
  List<String> attributes() {
    return all.stream().map(Lock::attribute).distinct().toList();
  }

  /**
   * What an entry's locks say.
   *
   * @param faults of those that cannot be understood: nobody knows whether they lock
   */
  record Reading(boolean locked, List<String> faults) {}

  Reading read(Entry entry, Instant now) {
    boolean locked = false;
    var faults = new ArrayList<String>();
    for (Lock lock : all) {
      String[] values = entry.getAttributeValues(lock.attribute());
      try {
        locked |= values != null && lock.isSet(List.of(values), now);
      } catch (InvalidValueException e) {
        faults.add(
            "the lock "
                + lock
                + " of the entry "
                + ShownDn.of(entry.getDN())
                + " cannot be judged: "
                + e.getMessage());
      }
    }
    return new Reading(locked, faults);
  }
}
