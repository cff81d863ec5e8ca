package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The plan for an account that is to lose its access: first rights and pods, which can be given
 * back, and only after the retention everything. The home comes last and delays nothing.
 */
final class RemovalPlan {
  private final RemovalPolicy policy;

  RemovalPlan(RemovalPolicy policy) {
    this.policy = policy;
  }

  /**
   * @param uid of an account that is to be recorded even when nothing was recorded of it before
   * @param mark whether the owner is told by a file in the home
   */
  Plan of(Target target, Observed observed, Optional<Uid> uid, boolean mark, PlanContext context) {
    Optional<AccountRecord> record = observed.record().known();
    if (record.filter(known -> isOver(known, context.now())).isPresent()) {
      return removal(target, observed, record.get());
    }
    var steps = new ArrayList<>(Bindings.restrict(observed, Set.of()));
    boolean suspend = observed.canHavePods() && !observed.suspended() && isOurs(observed, uid);
    if (suspend) {
      steps.add(new ClusterStep.Suspend());
    }
    boolean quarantined = observed.isIn(AccountState.QUARANTINED);
    boolean losesAccess = !quarantined && (observed.hasRights() || suspend);
    quarantined(observed, uid, losesAccess, context.now())
        .ifPresent(next -> record(steps, observed, next, suspend));
    if (mark
        && (steps.stream().anyMatch(ClusterStep.WriteRecord.class::isInstance)
            || context.home() == HomeCondition.MARK_OUTDATED)) {
      steps.add(new HomeStep.Mark(true));
    }
    return new Plan(
        target, why(steps), steps, losesAccess, RolloutPriority.NONE, List.of(), Optional.empty());
  }

  private static String why(List<Step> steps) {
    if (steps.isEmpty()) {
      return "";
    }
    return steps.stream().allMatch(ClusterStep.RemoveSubjects.class::isInstance)
        ? "rights end"
        : "quarantined";
  }

  private boolean isOver(AccountRecord record, Instant now) {
    return policy.deleteAtOnce()
        || (record.state() == AccountState.QUARANTINED
            && !now.isBefore(record.since().plus(policy.retention())));
  }

  /** Of what nobody recorded and the directory does not have, only the rights are taken away. */
  private static boolean isOurs(Observed observed, Optional<Uid> uid) {
    return !(observed.record() instanceof RecordState.None) || uid.isPresent();
  }

  /** The record of the account in quarantine, if it can have one. */
  private static Optional<AccountRecord> quarantined(
      Observed observed, Optional<Uid> uid, boolean losesAccess, Instant now) {
    return switch (observed.record()) {
      case RecordState.Known(AccountRecord record) ->
          Optional.of(
              record.state() == AccountState.QUARANTINED
                  ? record
                  : record.in(AccountState.QUARANTINED, Moments.seconds(now)));
      case RecordState.None() ->
          uid.filter(_ -> losesAccess)
              .map(known -> AccountRecord.quarantinedUnrecorded(known, Moments.seconds(now)));
      case RecordState.Unreadable _ -> Optional.empty();
    };
  }

  /** The record comes before the pods, because their owner can delay their end. */
  private static void record(
      List<Step> steps, Observed observed, AccountRecord next, boolean suspend) {
    boolean podsLeft = observed.canHavePods() && (suspend || !next.podsDeleted());
    AccountRecord written = podsLeft ? next.withPodsDeleted(false) : next;
    if (observed.record().known().filter(written::equals).isEmpty()) {
      steps.add(new ClusterStep.WriteRecord(written));
    }
    if (podsLeft) {
      steps.add(new ClusterStep.DeletePods());
      steps.add(new ClusterStep.WriteRecord(written.withPodsDeleted(true)));
    }
  }

  private static Plan removal(Target target, Observed observed, AccountRecord record) {
    var steps = new ArrayList<>(Bindings.restrict(observed, Set.of()));
    steps.add(new ClusterStep.Bury(Tombstone.of(record)));
    if (observed.id().kind() != AccountKind.TOOL) {
      observed.bindings().keySet().stream()
          .sorted()
          .forEach(binding -> steps.add(new ClusterStep.DeleteBinding(binding)));
    }
    steps.add(new ClusterStep.Remove());
    return new Plan(
        target, "removed", steps, true, RolloutPriority.NONE, List.of(), Optional.empty());
  }
}
