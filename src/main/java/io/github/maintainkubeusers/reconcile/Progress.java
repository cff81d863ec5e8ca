package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.RolloutPriority;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what plans say beside what is to be done: what stays as somebody changed it, and who waits
 * for a rollout.
 */
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final Map<AccountId, List<ManagedObject>> kept = new ConcurrentHashMap<>();
  private final Map<AccountId, String> waiting = new ConcurrentHashMap<>();
  private Map<String, Long> logged = Map.of();

  /** Logs what is kept when that starts and when it ends. */
  void planned(Plan plan) {
    AccountId id = plan.id();
    if (!plan.kept().isEmpty() || !kept.isEmpty()) {
      List<ManagedObject> before =
          plan.kept().isEmpty() ? kept.remove(id) : kept.put(id, plan.kept());
      if (!plan.kept().equals(before == null ? List.of() : before)) {
        LOG.info("{}: changed by hand and kept: {}", id, plan.kept());
      }
    }
    if (plan.priority() == RolloutPriority.NONE && !waiting.isEmpty()) {
      waiting.remove(id);
    }
  }

  void waits(Plan plan) {
    waiting.put(plan.id(), plan.why());
  }

  void done(AccountId id) {
    waiting.remove(id);
  }

  /** How many wait for what. */
  Map<String, Long> waiting() {
    var counts = new TreeMap<String, Long>();
    waiting.values().forEach(why -> counts.merge(why, 1L, Long::sum));
    return counts;
  }

  Map<AccountId, List<ManagedObject>> kept() {
    return new TreeMap<>(kept);
  }

  /** Once a pass, while it changes. */
  void log() {
    Map<String, Long> now = waiting();
    if (!now.equals(logged)) {
      logged = now;
      if (now.isEmpty()) {
        LOG.info("No account waits for a rollout any more");
      } else {
        LOG.info("Accounts that wait for a rollout: {}", now);
      }
    }
  }
}
