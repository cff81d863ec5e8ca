package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.Plan;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and publishes what came of accounts. */
final class OutcomeLog {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeLog.class);

  private final FaultLog faults;
  private final Progress progress;
  private final ControllerListener listener;

  OutcomeLog(FaultLog faults, Progress progress, ControllerListener listener) {
    this.faults = requireNonNull(faults, "faults is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.listener = requireNonNull(listener, "listener is null");
  }

  void planned(Plan plan) {
    progress.planned(plan);
  }

  void waiting(Plan plan) {
    progress.waits(plan);
  }

  void done(Plan plan) {
    progress.done(plan.id());
    LOG.info("{}: {}", plan.id(), words(plan));
    listener.onEvent(new ControllerEvent.PlanDone(plan));
  }

  void failed(AccountId id, RuntimeException cause) {
    listener.onEvent(new ControllerEvent.AccountFailed(id, cause));
    LOG.debug("{}: failed", id, cause);
  }

  void internalError(AccountId id, RuntimeException cause) {
    LOG.error("{}: internal error", id, cause);
  }

  /**
   * Most looks find that nothing is to be done, while no fault lasts that could have ended: no text
   * is needed.
   */
  void settled(AccountId id, Outcome outcome) {
    listener.onEvent(new ControllerEvent.Settled(id, outcome));
    if (outcome instanceof Outcome.Unchanged && faults.isEmpty()) {
      return;
    }
    try (var _ = LogContext.account(id)) {
      log(id, outcome);
    }
  }

  /** Faults of nobody that is still known have ended. */
  void retain(Set<String> subjects) {
    faults.retain(subjects);
  }

  private void log(AccountId id, Outcome outcome) {
    switch (outcome) {
      case Outcome.Failed(String message, _) -> faults.report(id.toString(), id + ": " + message);
      case Outcome.Refused _ -> LOG.debug("{}: refused", id);
      case Outcome.OnHold(var held) -> faults.report(id.toString(), held.toString());
      case Outcome.Done _, Outcome.Unchanged _, Outcome.Pending _ -> faults.clear(id.toString());
    }
  }

  private static String words(Plan plan) {
    String reason = plan.target().absence();
    return plan.removesAccess() && !reason.isEmpty()
        ? plan.why() + " (" + reason + ")"
        : "done (" + plan.why() + ")";
  }
}
