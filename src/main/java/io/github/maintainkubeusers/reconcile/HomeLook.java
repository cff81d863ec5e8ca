package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.plan.HomeCondition;
import java.util.Optional;

/**
 * What a look into a home found.
 *
 * @param newer the credentials in the home, when they were signed after the recorded ones
 */
record HomeLook(HomeCondition condition, Optional<CredentialId> newer) {
  HomeLook {
    requireNonNull(condition, "condition is null");
    requireNonNull(newer, "newer is null");
  }

  static HomeLook of(HomeCondition condition) {
    return new HomeLook(condition, Optional.empty());
  }
}
