package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.RemovalGuard;
import io.github.maintainkubeusers.plan.WantedAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over every account that directory or cluster knows: plans all, decides about removals, lets the queue work
 * on those for which there is something to do, and waits for it.
 */
final class Pass {
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    private final DirectoryReader directory;
    private final Cluster cluster;
    private final AccountPlanner planner;
    private final Removals removals;
    private final AccountReconciler reconciler;
    private final AccountQueue queue;
    private final ControllerListener listener;
    private final LegacyReport legacy = new LegacyReport();

    /** What came of a pass. */
    record Result(WantedAccounts wanted, Map<AccountId, Outcome> outcomes) {}

    Pass(DirectoryReader directory, Cluster cluster, AccountPlanner planner, Removals removals,
            AccountReconciler reconciler, AccountQueue queue, ControllerListener listener) {
        this.directory = requireNonNull(directory, "directory is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.planner = requireNonNull(planner, "planner is null");
        this.removals = requireNonNull(removals, "removals is null");
        this.reconciler = requireNonNull(reconciler, "reconciler is null");
        this.queue = requireNonNull(queue, "queue is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    Result run(DirectorySnapshot snapshot) {
        enter(Stage.REMOVALS);
        WantedAccounts wanted = confirmed(directory.admit(snapshot));
        removals.decide(wanted, this::planAll);
        enter(Stage.ACCOUNTS);
        Map<AccountId, Outcome> outcomes = reconcile(known(wanted));
        legacy.log(orphans(wanted), cluster.legacy().withPodSecurityPolicy());
        return new Result(wanted, outcomes);
    }

    /** Some accounts alone; nobody's access is taken away because of what the directory says. */
    Map<AccountId, Outcome> only(DirectorySnapshot snapshot, Set<AccountId> ids) {
        removals.none(directory.admit(snapshot));
        return reconcile(ids);
    }

    /** What a pass would do now, without doing it. */
    DryRun dryRun(DirectorySnapshot snapshot) {
        WantedAccounts wanted = directory.admit(snapshot);
        List<Plan> plans = planAll(wanted);
        Optional<String> refusal = removals
                .judge(wanted, Removals.of(plans)) instanceof RemovalGuard.Verdict.Refused(String reason)
                        ? Optional.of(reason)
                        : Optional.empty();
        return new DryRun(plans, wanted.unnamed(), refusal, cluster.legacy().withPodSecurityPolicy());
    }

    /**
     * A server of the directory may be behind the others: whoever would lose access is looked for once more, at the
     * server whose turn it is now, and loses it only when both say so.
     */
    private WantedAccounts confirmed(WantedAccounts first) {
        return Removals.of(planAll(first)).isEmpty() ? first : first.or(directory.admit(directory.read()));
    }

    private List<Plan> planAll(WantedAccounts wanted) {
        var plans = new ArrayList<Plan>();
        for (AccountId id : known(wanted)) {
            try {
                plans.add(planner.plan(wanted, id));
            } catch (RuntimeException e) {
                LOG.debug("{}: could not be planned", id, e); // the look at it becomes its outcome
            }
        }
        return plans;
    }

    private Set<AccountId> known(WantedAccounts wanted) {
        var ids = new TreeSet<>(cluster.known());
        ids.addAll(wanted.accounts().keySet());
        ids.addAll(wanted.onHold().keySet());
        return ids;
    }

    private Map<AccountId, Outcome> reconcile(Collection<AccountId> ids) {
        var running = new HashMap<AccountId, CompletableFuture<Outcome>>();
        var outcomes = new HashMap<AccountId, Outcome>();
        for (AccountId id : ids) {
            reconciler.look(id).ifPresentOrElse(outcome -> outcomes.put(id, outcome),
                    () -> running.put(id, queue.add(id)));
        }
        for (CompletableFuture<Outcome> outcome : running.values()) {
            Future<?> _ = outcome.thenRun(() -> listener.onEvent(new ControllerEvent.PassProgressed()));
        }
        running.forEach((id, outcome) -> outcomes.put(id, await(outcome)));
        return outcomes;
    }

    private Set<AccountId> orphans(WantedAccounts wanted) {
        Set<AccountId> recorded = cluster.records().keySet();
        return cluster.known().stream().filter(id -> !wanted.accounts().containsKey(id)
                && !wanted.onHold().containsKey(id) && !recorded.contains(id)).collect(toSet());
    }

    private void enter(Stage stage) {
        listener.onEvent(new ControllerEvent.StageEntered(stage));
    }

    private static Outcome await(Future<Outcome> outcome) {
        try {
            return outcome.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return AccountQueue.ENDING;
        } catch (ExecutionException e) {
            return new Outcome.Failed("internal error: " + e.getCause(), Optional.empty());
        }
    }
}
