package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.HomeStep;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Rights;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.reconcile.AccountPlanner.Planned;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings one account to what it should be. Whatever woke it, it looks at the account's whole state,
 * plans, and carries the plan out. Called for different accounts at once, and never for one account
 * twice at once.
 */
final class AccountReconciler {
  /**
   * Each attempt sees what the one before conflicted with; more mean that somebody writes all the
   * time.
   */
  private static final int MOST_ATTEMPTS = 4;

  private final AccountPlanner planner;
  private final HomeInspector inspector;
  private final StepRunner runner;
  private final Backoff backoff;
  private final RolloutLimiter limiter;
  private final ClockGuard clockGuard;
  private final OutcomeLog log;

  AccountReconciler(
      AccountPlanner planner,
      HomeInspector inspector,
      StepRunner runner,
      Backoff backoff,
      RolloutLimiter limiter,
      ClockGuard clockGuard,
      OutcomeLog log) {
    this.planner = requireNonNull(planner, "planner is null");
    this.inspector = requireNonNull(inspector, "inspector is null");
    this.runner = requireNonNull(runner, "runner is null");
    this.backoff = requireNonNull(backoff, "backoff is null");
    this.limiter = requireNonNull(limiter, "limiter is null");
    this.clockGuard = requireNonNull(clockGuard, "clockGuard is null");
    this.log = requireNonNull(log, "log is null");
  }

  /**
   * The outcome of an account for which there is nothing to do now, found without a thread or a
   * call.
   */
  Optional<Outcome> settleIdle(AccountId id) {
    Plan plan;
    try {
      plan = planner.plan(id).plan();
    } catch (RuntimeException e) {
      log.internalError(id, e);
      Outcome failed = new Outcome.Failed("could not be planned: " + e, Optional.empty());
      log.settled(id, failed);
      return Optional.of(failed);
    }
    return settleIdle(plan);
  }

  /** The same by a plan that was just made. */
  Optional<Outcome> settleIdle(Plan plan) {
    Optional<Outcome> outcome = withoutWork(plan);
    outcome.ifPresent(found -> log.settled(plan.id(), found));
    return outcome;
  }

  /**
   * Lets the homes of these accounts be looked into at the next turn: theirs may be another home
   * now.
   */
  void hurry(Set<AccountId> ids) {
    ids.forEach(inspector::hurry);
  }

  /** Plans and does what is to be done. What goes wrong with the account becomes its outcome. */
  Outcome reconcile(AccountId id) {
    try (var _ = LogContext.account(id)) {
      Outcome outcome = attempt(id, 1);
      log.settled(id, outcome);
      return outcome;
    }
  }

  private Optional<Outcome> withoutWork(Plan plan) {
    log.planned(plan);
    if (plan.steps().isEmpty()) {
      return plan.isSettled() && inspector.isDue(plan.id())
          ? Optional.empty()
          : Optional.of(outcome(plan));
    }
    return urgent(plan).isEmpty()
        ? delay(plan, limiter.obstacle(plan.priority()))
        : Optional.empty();
  }

  private Outcome attempt(AccountId id, int number) {
    try {
      // Before each account, not only before each pass: the clock can have jumped since.
      Optional<WrongClockException> wrongClock = clockGuard.fault();
      return wrongClock.isPresent()
          ? new Outcome.Pending(wrongClock.get().getMessage())
          : attempt(id);
    } catch (PlanFailedException e) {
      RuntimeException cause = e.getCause();
      if (writesCredentials(e.planned().plan())) {
        inspector.hurry(id); // they may be in the home by now, and are not recorded
      }
      if (number < MOST_ATTEMPTS && isWorthAnotherAttempt(e)) {
        return attempt(id, number + 1);
      }
      return failed(id, cause);
    } catch (RuntimeException e) {
      return failed(id, e);
    }
  }

  private Outcome attempt(AccountId id) {
    Planned first = planner.plan(id);
    Optional<HomeLook> look = inspector.inspect(first);
    Planned planned = look.map(found -> planner.plan(id, found)).orElse(first);
    Plan plan = planned.plan();
    log.planned(plan);
    Outcome outcome = plan.steps().isEmpty() ? outcome(plan) : inTurn(planned);
    if (look.isPresent()) {
      inspector.done(id);
    }
    if (!plan.steps().isEmpty() && Rights.hasUnrecorded(planned.observed())) {
      inspector.hurry(id); // who made them may be writing into the home
    }
    return outcome;
  }

  /** Rights that are to end wait for nothing. */
  private Outcome inTurn(Planned planned) {
    Plan plan = planned.plan();
    Optional<Outcome> delayed = delay(plan, limiter.take(plan.priority()));
    if (delayed.isEmpty()) {
      return carryOut(planned, plan.steps());
    }
    List<Step> urgent = urgent(plan);
    if (!urgent.isEmpty()) {
      Object _ = run(planned, urgent);
    }
    return delayed.get();
  }

  private Outcome carryOut(Planned planned, List<Step> steps) {
    Plan plan = planned.plan();
    boolean well = false;
    Optional<KubeconfigFault> fault;
    try {
      fault = run(planned, steps);
      well = true;
    } catch (PlanFailedException e) {
      well = e.getCause() instanceof HomeException; // the owner's affair, not that of all
      throw e;
    } finally {
      limiter.ended(plan.priority(), well);
    }
    backoff.succeeded(plan.id());
    log.done(plan);
    if (steps.stream().anyMatch(AccountReconciler::writesKubeconfig)) {
      boolean _ = planner.noteKubeconfigFault(plan.id(), fault.map(KubeconfigFault::advice));
    }
    fault.ifPresent(found -> log.failed(plan.id(), found.cause()));
    return fault
        .<Outcome>map(found -> new Outcome.Failed(found.cause().getMessage(), Optional.empty()))
        .orElseGet(
            () -> plan.obstacle().isPresent() ? outcome(plan) : new Outcome.Done(plan.why()));
  }

  private Optional<KubeconfigFault> run(Planned planned, List<Step> steps) {
    try {
      return runner.run(planned.target(), planned.observed(), steps);
    } catch (RuntimeException e) {
      throw new PlanFailedException(planned, e);
    }
  }

  /** What stops a plan now: an earlier failure, or the pace of a rollout. */
  private Optional<Outcome> delay(Plan plan, Optional<String> obstacle) {
    Optional<Outcome> after =
        backoff
            .current(plan.id())
            .map(delay -> new Outcome.Failed(delay.message(), Optional.of(delay.until())));
    if (after.isPresent() || obstacle.isEmpty()) {
      return after;
    }
    if (plan.obstacle().isPresent()) {
      return Optional.of(outcome(plan));
    }
    log.waiting(plan);
    return Optional.of(new Outcome.Pending(plan.why() + " waits: " + obstacle.get()));
  }

  /** The steps that take rights away, with which a plan begins. */
  private static List<Step> urgent(Plan plan) {
    return plan.steps().stream().takeWhile(ClusterStep.RemoveSubjects.class::isInstance).toList();
  }

  private boolean isWorthAnotherAttempt(PlanFailedException failure) {
    AccountId id = failure.planned().plan().id();
    return switch (failure.getCause()) {
      case ClusterException e when e.reason() == ClusterException.Reason.CONFLICT -> {
        inspector.hurry(id); // who wrote into the cluster may have written into the home
        yield true;
      }
      case HomeException e
          when e.fault() == HomeFault.OWNER && isKubeconfigRepair(failure.planned().plan()) ->
          // The owner is told at once, by the plan that knows of the fault.
          planner.noteKubeconfigFault(id, runner.advice(failure.planned().target(), e));
      default -> false;
    };
  }

  private Outcome failed(AccountId id, RuntimeException cause) {
    log.failed(id, cause);
    return switch (cause) {
      case ClusterException e when e.reason() == ClusterException.Reason.NOT_YET ->
          new Outcome.Pending(e.getMessage());
      // A look at a home costs the cluster nothing, so its owner need not wait after correcting it.
      case HomeException e -> {
        inspector.hurry(id); // a part of it may be there
        yield new Outcome.Failed(e.getMessage(), Optional.empty());
      }
      case ClusterException e -> delayed(id, e.getMessage(), isUnreachable(e));
      case CredentialException e -> delayed(id, e.getMessage(), isUnreachable(e.getCause()));
      default -> {
        log.internalError(id, cause);
        yield delayed(id, "internal error: " + cause, false);
      }
    };
  }

  private Outcome delayed(AccountId id, String message, boolean unreachable) {
    return new Outcome.Failed(
        message, Optional.of(backoff.failed(id, message, unreachable).until()));
  }

  private static boolean isUnreachable(Throwable cause) {
    return cause instanceof ClusterException e && e.reason() == ClusterException.Reason.UNAVAILABLE;
  }

  /**
   * The accounts that failed because the API server could not be reached, and may be tried again
   * now.
   */
  Set<AccountId> reachableAgain() {
    return backoff.reachableAgain();
  }

  /** The outcome of a plan in which nothing is left to do. */
  private static Outcome outcome(Plan plan) {
    return plan.obstacle()
        .map(
            obstacle ->
                switch (obstacle) {
                  case Plan.Obstacle.Waiting(String reason) -> new Outcome.Pending(reason);
                  case Plan.Obstacle.OnHold(var held) -> new Outcome.OnHold(held);
                  case Plan.Obstacle.RemovalRefused(String reason) -> new Outcome.Refused(reason);
                })
        .orElseGet(Outcome.Unchanged::new);
  }

  private static boolean writesCredentials(Plan plan) {
    return plan.steps().stream().anyMatch(HomeStep.WriteCredentials.class::isInstance);
  }

  private static boolean writesKubeconfig(Step step) {
    return step instanceof HomeStep.WriteCredentials || step instanceof HomeStep.WriteKubeconfig;
  }

  private static boolean isKubeconfigRepair(Plan plan) {
    return plan.steps().stream().anyMatch(HomeStep.WriteKubeconfig.class::isInstance);
  }

  /** A step of a plan failed. */
  private static final class PlanFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Planned planned;

    PlanFailedException(Planned planned, RuntimeException cause) {
      super(cause);
      this.planned = planned;
    }

    Planned planned() {
      return planned;
    }

    @Override
    public synchronized RuntimeException getCause() {
      return (RuntimeException) super.getCause();
    }
  }
}
