package io.github.maintainkubeusers.reconcile;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.AccountPlan;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.Wave;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What plans tell beside what is to be done: what stays as somebody made it, and who waits for a turn in a wave. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private final Map<AccountId, List<ManagedObject>> kept = new ConcurrentHashMap<>();
    private final Map<AccountId, String> waiting = new ConcurrentHashMap<>();
    private Map<String, Long> told = Map.of();

    /** Says what is kept when that starts and when it is over. */
    void planned(AccountPlan plan) {
        if (plan instanceof AccountPlan.Work work) {
            AccountId id = work.account().id();
            List<ManagedObject> before = work.kept().isEmpty() ? kept.remove(id) : kept.put(id, work.kept());
            if (!work.kept().equals(before == null ? List.of() : before)) {
                LOG.info("{}: changed by hand and kept: {}", id, work.kept());
            }
            if (work.wave() == Wave.NONE) {
                waiting.remove(id);
            }
        }
    }

    void waits(AccountPlan.Work work) {
        waiting.put(work.account().id(), work.why());
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
    void tell() {
        Map<String, Long> now = waiting();
        if (!now.equals(told)) {
            told = now;
            if (now.isEmpty()) {
                LOG.info("Nobody waits for a turn any more");
            } else {
                LOG.info("Accounts that wait for a turn: {}", now);
            }
        }
    }
}
