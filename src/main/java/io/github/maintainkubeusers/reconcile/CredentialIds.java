package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.CredentialId;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Gives an ID that comes after the newest one that an account has. */
final class CredentialIds implements UnaryOperator<CredentialId> {
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random must be one that nobody can foresee
   */
  CredentialIds(InstantSource clock, RandomGenerator random) {
    this.clock = requireNonNull(clock, "clock is null");
    this.random = requireNonNull(random, "random is null");
  }

  @Override
  public CredentialId apply(CredentialId newest) {
    return newest.next(clock.instant(), random);
  }
}
