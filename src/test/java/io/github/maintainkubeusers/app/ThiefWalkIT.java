package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.RootOnly;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The simulation's thief on the real control plane: every certificate is one that
 * kube-controller-manager signed, and kube-apiserver says what it may do. {@code
 * -Dthief.events=2000 -Dthief.seed=7} walks longer, and elsewhere.
 */
@ExtendWith(WorldExtension.class)
class ThiefWalkIT {
  private static final int EVENTS = Integer.getInteger("thief.events", 160);
  private static final int EVENTS_UNTIL_QUIET = 20;

  @Test
  @RootOnly
  void noStolenPairHasRightsButTheOnesThatAreInTheHomes(World world) {
    try (var walk = new ThiefWalk(world, Long.getLong("thief.seed", 1))) {
      for (int event = 1; event <= EVENTS; event++) {
        walk.step();
        if (event % EVENTS_UNTIL_QUIET == 0) {
          walk.settle();
        }
      }
      assertThat(walk.stolen()).as("pairs stolen").isGreaterThan(EVENTS / 10);
      assertThat(walk.revokedPairs()).as("pairs revoked").isPositive();
    }
  }
}
