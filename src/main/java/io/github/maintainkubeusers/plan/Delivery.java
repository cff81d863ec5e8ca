package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is known, without a look into a home, of the place that an account's credentials were put
 * into: a service's Secret is watched.
 *
 * @param condition UNCHECKED for a home, and for a Secret that holds what was last put into it
 * @param rotationRequested whether somebody asked for new credentials while the present ones stay
 *     in place
 * @param obstacle why nothing can be put there, if so
 */
public record Delivery(
    HomeCondition condition, boolean rotationRequested, Optional<String> obstacle) {
  /** Of an account whose credentials are in a home, or of which nothing is known. */
  public static final Delivery UNCHECKED =
      new Delivery(HomeCondition.UNCHECKED, false, Optional.empty());

  public Delivery {
    requireNonNull(condition, "condition is null");
    requireNonNull(obstacle, "obstacle is null");
  }

  public static Delivery impossible(String why) {
    return new Delivery(HomeCondition.UNCHECKED, false, Optional.of(why));
  }
}
