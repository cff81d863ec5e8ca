package io.github.maintainkubeusers.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One thing that happens in a simulation.
 *
 * @param account which one of the few, by its number
 * @param parameter what the kind makes of it
 */
record SimulatedEvent(Kind kind, int account, int parameter) {
  /** The kinds, and how often each comes. */
  enum Kind {
    ADD(8),
    REMOVE(3),
    LOCK(4),
    UNLOCK(5),
    OTHER_USER_ID(2),
    OWNER_REQUESTS(8),
    OWNER_EDITS(2),
    HOME_BREAKS(3),
    HOME_FILLS(3),
    HOME_IS_MENDED(6),
    KUBECONFIG_BREAKS(3),
    KUBECONFIG_IS_MENDED(4),
    FILES_ARE_LOST(3),
    POD_STARTS(3),
    ADMIN_REVOKES(5),
    ADMIN_FORGETS(4),
    NAMESPACE_IS_DELETED(3),
    RECORD_IS_DELETED(1),
    BINDING_IS_EMPTIED(2),
    BINDING_IS_DELETED(2),
    USER_IS_BOUND(2),
    OTHERS_BIND_THE_USER(2),
    OTHERS_UNBIND_THE_USER(3),
    BACKUP(2),
    RESTORE(2),
    PASS(8),
    DISTURBED_PASS(18),
    SOMETHING_MEANWHILE(14),
    WATCH_BRINGS_SOME(8),
    HOME_IS_LOOKED_INTO(3),
    RESTART(3),
    MINUTES_GO_BY(8),
    DAYS_GO_BY(4),
    ALL_IS_QUIET(8);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  private static final List<Kind> BY_WEIGHT = byWeight();

  static SimulatedEvent random(Random random, int accounts) {
    return new SimulatedEvent(
        BY_WEIGHT.get(random.nextInt(BY_WEIGHT.size())),
        random.nextInt(accounts),
        random.nextInt(1000));
  }

  private static List<Kind> byWeight() {
    var all = new ArrayList<Kind>();
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < kind.weight; i++) {
        all.add(kind);
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return kind + "(" + account + ", " + parameter + ")";
  }
}
