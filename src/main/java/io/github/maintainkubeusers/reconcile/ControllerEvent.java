package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.WantedAccounts;
import java.time.Instant;

/** What happens in the controller, for those who follow it. */
public sealed interface ControllerEvent {
  /**
   * @param number 1 for the first of this process
   */
  record PassStarted(long number) implements ControllerEvent {}

  record StageEntered(Stage stage) implements ControllerEvent {}

  /** Work of a pass on one account ended; work on others may still be under way. */
  record PassProgressed() implements ControllerEvent {}

  record DirectoryRead(WantedAccounts wanted, Instant readAt) implements ControllerEvent {}

  /** What the cluster holds is known from now on. */
  record CachesLoaded() implements ControllerEvent {}

  /** This process is ready to take over from the one that leads, or tried to be. */
  record StoodBy() implements ControllerEvent {}

  /** All steps of a plan were done. */
  record PlanDone(Plan plan) implements ControllerEvent {}

  /** What {@link Settled} says next of the account has this cause. */
  record AccountFailed(AccountId id, RuntimeException cause) implements ControllerEvent {}

  /** What came of a look at an account, in a pass or between two. */
  record Settled(AccountId id, Outcome outcome) implements ControllerEvent {}

  record PassFinished(PassReport report) implements ControllerEvent {}

  /** The pass could not run, or not to its end. */
  record PassFailed(RuntimeException cause) implements ControllerEvent {}
}
