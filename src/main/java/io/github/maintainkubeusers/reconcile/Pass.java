package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.RemovalGuard;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.plan.WantedAccounts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over every account that directory or cluster knows: plans all, decides about removals,
 * lets the queue work on those for which there is something to do, and waits for it.
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
  private final DisputeLog disputes = new DisputeLog();

  /**
   * What a pass would do if the directory is believed.
   *
   * @param known the accounts of which the cluster has anything
   * @param ids all accounts
   */
  private record Draft(
      WantedAccounts wanted, Set<AccountId> known, Set<AccountId> ids, Map<AccountId, Plan> plans) {
    Set<AccountId> removals() {
      return plans.values().stream()
          .filter(Plan::removesAccess)
          .map(Plan::id)
          .collect(toUnmodifiableSet());
    }
  }

  /** What came of a pass. */
  record Result(WantedAccounts wanted, Map<AccountId, Outcome> outcomes) {}

  Pass(
      DirectoryReader directory,
      Cluster cluster,
      AccountPlanner planner,
      Removals removals,
      AccountReconciler reconciler,
      AccountQueue queue,
      ControllerListener listener) {
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
    Draft draft = confirmed(snapshot, draft(directory.admit(snapshot)));
    reconciler.hurry(planner.changed(draft.wanted()));
    removals.decide(draft.wanted(), draft.removals(), draft.known());
    enter(Stage.ACCOUNTS);
    Map<AccountId, Outcome> outcomes = reconcile(draft.ids(), draft.plans());
    legacy.log(orphans(draft), cluster.legacy().withPodSecurityPolicy());
    return new Result(draft.wanted(), outcomes);
  }

  /** Lets the homes of these accounts be looked into at the next turn. */
  void hurry(Set<AccountId> ids) {
    reconciler.hurry(ids);
  }

  /** Some accounts alone; nobody's access is taken away because of what the directory says. */
  Map<AccountId, Outcome> only(DirectorySnapshot snapshot, Set<AccountId> ids) {
    removals.none(directory.admit(snapshot));
    return reconcile(ids, Map.of());
  }

  /** What a pass would do now, without doing it. */
  DryRun dryRun(DirectorySnapshot snapshot) {
    Draft draft = draft(directory.admit(snapshot));
    Optional<String> refusal =
        removals.judge(draft.wanted(), draft.removals(), draft.known())
                instanceof RemovalGuard.Verdict.Refused(String reason)
            ? Optional.of(reason)
            : Optional.empty();
    return new DryRun(
        snapshot,
        draft.plans().values().stream().sorted(Comparator.comparing(Plan::id)).toList(),
        draft.wanted().unnamed(),
        refusal,
        cluster.legacy().withPodSecurityPolicy(),
        accessFault());
  }

  /**
   * What a pass would do now for one account that the directory wants or that is held.
   *
   * @return empty for any other
   */
  Optional<Plan> dryRun(DirectorySnapshot snapshot, AccountId id) {
    WantedAccounts wanted = directory.admit(snapshot);
    return wanted.accounts().containsKey(id) || wanted.onHold().containsKey(id)
        ? Optional.of(planner.plan(wanted, id))
        : Optional.empty();
  }

  private Optional<String> accessFault() {
    try {
      Object _ = CaBundle.parse(cluster.endpoint().caBundle());
      return Optional.empty();
    } catch (ClusterException | CredentialException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Servers of the directory may be behind each other: whoever would lose access is looked for at
   * all others as well, and loses it only when every server that answers says so.
   */
  private Draft confirmed(DirectorySnapshot snapshot, Draft first) {
    Draft confirmed = first;
    if (!first.removals().isEmpty()) {
      WantedAccounts wanted = first.wanted();
      for (DirectorySnapshot other : directory.readOthers(snapshot)) {
        wanted = wanted.or(directory.admit(other));
      }
      confirmed = draft(wanted);
    }
    var disputed = new TreeSet<>(first.removals());
    disputed.removeAll(confirmed.removals());
    disputes.log(disputed);
    return confirmed;
  }

  /** Plans every account that directory or cluster knows. */
  private Draft draft(WantedAccounts wanted) {
    Set<AccountId> known = cluster.known();
    var ids = new HashSet<>(known);
    ids.addAll(wanted.accounts().keySet());
    ids.addAll(wanted.onHold().keySet());
    Map<AccountId, Plan> plans = HashMap.newHashMap(ids.size());
    for (AccountId id : ids) {
      try {
        plans.put(id, planner.plan(wanted, id));
      } catch (RuntimeException e) {
        LOG.debug("{}: could not be planned", id, e); // the look at it becomes its outcome
      }
    }
    return new Draft(wanted, known, ids, plans);
  }

  /**
   * @param plans of a moment ago; who has none is planned now
   */
  private Map<AccountId, Outcome> reconcile(Set<AccountId> ids, Map<AccountId, Plan> plans) {
    var running = new HashMap<AccountId, CompletableFuture<Outcome>>();
    Map<AccountId, Outcome> outcomes = HashMap.newHashMap(ids.size());
    for (Plan plan : plans.values()) {
      // What takes access away is planned anew, now that it is decided whether it may.
      Optional<Outcome> outcome =
          plan.removesAccess() ? reconciler.settleIdle(plan.id()) : reconciler.settleIdle(plan);
      settle(plan.id(), outcome, outcomes, running);
    }
    if (plans.size() < ids.size()) {
      ids.stream()
          .filter(id -> !plans.containsKey(id))
          .forEach(id -> settle(id, reconciler.settleIdle(id), outcomes, running));
    }
    for (CompletableFuture<Outcome> outcome : running.values()) {
      Future<?> _ = outcome.thenRun(() -> listener.onEvent(new ControllerEvent.PassProgressed()));
    }
    running.forEach((id, outcome) -> outcomes.put(id, await(outcome)));
    return outcomes;
  }

  private void settle(
      AccountId id,
      Optional<Outcome> outcome,
      Map<AccountId, Outcome> outcomes,
      Map<AccountId, CompletableFuture<Outcome>> running) {
    if (outcome.isPresent()) {
      outcomes.put(id, outcome.get());
    } else {
      running.put(id, queue.add(id));
    }
  }

  private Set<AccountId> orphans(Draft draft) {
    return draft.plans().values().stream()
        .filter(plan -> plan.target() instanceof Target.Gone)
        .map(Plan::id)
        .filter(
            id ->
                draft.known().contains(id)
                    && cluster.observe(id).record() instanceof RecordState.None)
        .collect(toSet());
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
