package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.home.HomeWrite;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.HomeStep;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.PlanContext;
import io.github.maintainkubeusers.plan.Planning;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.RolloutPriority;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.testing.Changed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The program, or the program with one protection taken out. The table is in docs/simulation.md.
 */
enum Mutant {
  /** The program as it is. */
  NONE,
  /** IDs are counted from what is stored, and begin again when nothing is. */
  COUNTED_IDS,
  /** Accounts of an earlier controller that the directory does not have keep their rights. */
  ORPHANS_KEEP_RIGHTS,
  /** An account gets credentials although its name is a User that others give rights to. */
  OTHER_RIGHTS_ARE_IGNORED,
  /** A revocation takes subjects away and states no fact. */
  REVOCATION_IS_NOT_STATED,
  /** Writes of record and binding carry no version. */
  WRITES_OVER_ANYTHING,
  /** A revocation is forgotten in quarantine. */
  QUARANTINE_FORGETS_REVOCATION,
  /** A lock counts for nothing while another account has the name. */
  HELD_BEATS_LOCKED,
  /** A lock counts for nothing before there is a record. */
  UNRECORDED_ARE_LEFT_ALONE,
  /** Pods are deleted when the quota is made, and not again. */
  PODS_ARE_DELETED_ONCE,
  /** The home is marked before rights and record. */
  HOME_DELAYS_REMOVAL,
  /** What was signed is not kept when a later step fails. */
  SIGNS_AT_EACH_ATTEMPT,
  /** A kubeconfig that cannot be read withholds key and certificate. */
  KUBECONFIG_WITHHOLDS,
  /** Nobody sees that a home is newer than the record. */
  HOMES_ARE_NOT_LOOKED_INTO;

  Planning planning(Planning real) {
    return switch (this) {
      case COUNTED_IDS ->
          (target, observed, context) -> real.plan(target, observed, counted(context));
      case ORPHANS_KEEP_RIGHTS ->
          (target, observed, context) ->
              target instanceof Target.Gone && observed.record() instanceof RecordState.None
                  ? nothing(target)
                  : real.plan(target, observed, context);
      case OTHER_RIGHTS_ARE_IGNORED ->
          (target, observed, context) ->
              real.plan(target, Changed.otherRights(observed, Optional.empty()), context);
      case QUARANTINE_FORGETS_REVOCATION ->
          (target, observed, context) -> real.plan(target, forgetful(observed), context);
      case UNRECORDED_ARE_LEFT_ALONE ->
          (target, observed, context) ->
              target instanceof Target.Disabled && observed.record() instanceof RecordState.None
                  ? nothing(target)
                  : real.plan(target, observed, context);
      case PODS_ARE_DELETED_ONCE ->
          (target, observed, context) -> once(real.plan(target, observed, context));
      case HOME_DELAYS_REMOVAL ->
          (target, observed, context) -> homeFirst(real.plan(target, observed, context));
      case SIGNS_AT_EACH_ATTEMPT ->
          (target, observed, context) ->
              real.plan(
                  target,
                  observed,
                  new PlanContext(
                      context.cas(),
                      context.home(),
                      context.kubeconfigFault(),
                      Optional.empty(),
                      context.now(),
                      context.ids()));
      default -> real;
    };
  }

  Homes homes(Homes real) {
    return this == KUBECONFIG_WITHHOLDS ? new Withholding(real) : real;
  }

  boolean looksIntoHomes() {
    return this != HOMES_ARE_NOT_LOOKED_INTO;
  }

  boolean checksVersions() {
    return this != WRITES_OVER_ANYTHING;
  }

  boolean statesFacts() {
    return this != REVOCATION_IS_NOT_STATED;
  }

  DirectorySnapshot snapshot(DirectorySnapshot real) {
    if (this != HELD_BEATS_LOCKED) {
      return real;
    }
    return new DirectorySnapshot(
        real.accounts().stream()
            .map(
                account ->
                    real.accounts().stream().anyMatch(other -> isNamesake(account, other))
                        ? new Account(account.id(), account.uid(), account.home(), false)
                        : account)
            .toList(),
        real.held(),
        real.readAt());
  }

  private static boolean isNamesake(Account account, Account other) {
    return !account.id().equals(other.id()) && account.id().name().equals(other.id().name());
  }

  private static PlanContext counted(PlanContext context) {
    return new PlanContext(
        context.cas(),
        context.home(),
        context.kubeconfigFault(),
        context.kept(),
        context.now(),
        Mutant::counted);
  }

  private static CredentialId counted(CredentialId newest) {
    return new CredentialId(
        "%020d"
            .formatted(
                newest.equals(CredentialId.LEGACY) ? 1 : Long.parseLong(newest.value()) + 1));
  }

  private static Observed forgetful(Observed observed) {
    return observed
            .record()
            .known()
            .filter(record -> record.state() == AccountState.QUARANTINED)
            .isPresent()
        ? Changed.facts(observed, AdminFacts.NONE)
        : observed;
  }

  private static Plan nothing(Target target) {
    return new Plan(
        target, "", List.of(), false, RolloutPriority.NONE, List.of(), Optional.empty());
  }

  private static Plan once(Plan plan) {
    if (plan.steps().stream().anyMatch(ClusterStep.Suspend.class::isInstance)) {
      return plan;
    }
    return with(
        plan,
        plan.steps().stream().filter(step -> !(step instanceof ClusterStep.DeletePods)).toList());
  }

  private static Plan homeFirst(Plan plan) {
    var steps = new ArrayList<Step>();
    plan.steps().stream().filter(HomeStep.Mark.class::isInstance).forEach(steps::add);
    plan.steps().stream().filter(step -> !(step instanceof HomeStep.Mark)).forEach(steps::add);
    return with(plan, steps);
  }

  private static Plan with(Plan plan, List<Step> steps) {
    return new Plan(
        plan.target(),
        plan.why(),
        steps,
        plan.removesAccess(),
        plan.priority(),
        plan.kept(),
        plan.obstacle());
  }

  /** Homes into which credentials go with a kubeconfig or not at all. */
  private record Withholding(Homes real) implements Homes {
    @Override
    public void prepare(Account account) {
      real.prepare(account);
    }

    @Override
    public Map<HomeFile, byte[]> read(Account account, Set<HomeFile> files) {
      return real.read(account, files);
    }

    @Override
    public Set<HomeFile> write(Account account, List<HomeWrite> writes) {
      if (writes.stream().noneMatch(write -> write.file() == HomeFile.KUBECONFIG)) {
        throw new HomeException(HomeFault.OWNER, "could not write without a kubeconfig");
      }
      return real.write(account, writes);
    }

    @Override
    public void markDisabled(Account account, boolean disabled) {
      real.markDisabled(account, disabled);
    }

    @Override
    public boolean isMarkedDisabled(Account account) {
      return real.isMarkedDisabled(account);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
