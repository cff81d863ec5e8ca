package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done for one account, whether it stays or goes.
 *
 * @param why in a few words; empty when there are no steps
 * @param removesAccess true when the account loses access, or its namespace, because of what the
 *     directory says
 * @param priority how soon the steps are done when many accounts need the same
 * @param kept objects that somebody changed by hand and that are left as they are
 * @param obstacle what stops the account from having everything, if anything does
 */
public record Plan(
    Target target,
    String why,
    List<Step> steps,
    boolean removesAccess,
    RolloutPriority priority,
    List<ManagedObject> kept,
    Optional<Obstacle> obstacle) {
  public Plan {
    requireNonNull(target, "target is null");
    requireNonNull(why, "why is null");
    steps = List.copyOf(steps);
    requireNonNull(priority, "priority is null");
    kept = List.copyOf(kept);
    requireNonNull(obstacle, "obstacle is null");
  }

  /** Why an account does not get everything that it could have. */
  public sealed interface Obstacle {
    /** Something that passes by itself. */
    record Waiting(String reason) implements Obstacle {}

    /** Something that somebody has to correct. */
    record OnHold(Held held) implements Obstacle {}

    /** The pass does not believe that the account is to lose its access. */
    record RemovalRefused(String reason) implements Obstacle {}
  }

  static Plan of(Target target, String why, List<Step> steps) {
    return new Plan(target, why, steps, false, RolloutPriority.NONE, List.of(), Optional.empty());
  }

  static Plan waiting(Target target, String reason) {
    return of(target, "", List.of()).with(new Obstacle.Waiting(reason));
  }

  Plan with(Obstacle obstacle) {
    return new Plan(target, why, steps, removesAccess, priority, kept, Optional.of(obstacle));
  }

  /** With a status for the owner, which can wait where many are to be told. */
  Plan telling(CredentialStatus status) {
    var more = new ArrayList<>(steps);
    more.add(new ClusterStep.WriteStatus(status));
    return new Plan(
        target,
        why.isEmpty() ? "its owner is told" : why,
        more,
        removesAccess,
        steps.isEmpty() ? RolloutPriority.ROUTINE : priority,
        kept,
        obstacle);
  }

  public AccountId id() {
    return target.id();
  }

  /** Whether there is nothing to do and nothing in the way. */
  public boolean isSettled() {
    return steps.isEmpty() && obstacle.isEmpty();
  }
}
