package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.plan.RolloutPriority;
import io.github.maintainkubeusers.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutLimiterTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T03:50:14Z"));
  private Optional<String> complaint = Optional.empty();
  private final RolloutLimiter limiter = new RolloutLimiter(60, 600, () -> complaint, clock);

  @Test
  void giveTurnsAtTheirRate() {
    assertThat(take(RolloutPriority.ROUTINE, 100)).isEqualTo(60);
    clock.advance(Duration.ofMillis(999));
    assertThat(take(RolloutPriority.ROUTINE, 1)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(take(RolloutPriority.ROUTINE, 5)).isEqualTo(1);
    clock.advance(Duration.ofHours(1));
    assertThat(take(RolloutPriority.ROUTINE, 100)).as("turns do not pile up").isEqualTo(60);
  }

  @Test
  void doNotTakeEachOthersTurns() {
    take(RolloutPriority.ROUTINE, 100);
    assertThat(take(RolloutPriority.REPAIR, 100)).isEqualTo(60);
    assertThat(take(RolloutPriority.URGENT, 1000)).isEqualTo(600);
    assertThat(take(RolloutPriority.NONE, 10_000)).isEqualTo(10_000);
  }

  @Test
  void stopWhileTheServerIsUnwell() {
    complaint = Optional.of("it is unwell");
    assertThat(limiter.obstacle(RolloutPriority.ROUTINE)).contains("it is unwell");
    assertThat(limiter.take(RolloutPriority.URGENT)).contains("it is unwell");
    assertThat(limiter.obstacle(RolloutPriority.NONE)).isEmpty();
  }

  @Test
  void pauseWhenOneAccountAfterTheOtherFails() {
    for (int i = 0; i < 20; i++) {
      limiter.ended(RolloutPriority.ROUTINE, i % 4 == 3);
    }
    assertThat(limiter.obstacle(RolloutPriority.ROUTINE)).as("now and then one fails").isEmpty();
    for (int i = 0; i < 5; i++) {
      limiter.ended(RolloutPriority.ROUTINE, false);
    }
    assertThat(limiter.obstacle(RolloutPriority.ROUTINE).orElseThrow())
        .contains("5 accounts in a row have failed");
    assertThat(limiter.obstacle(RolloutPriority.URGENT)).isEmpty();

    clock.advance(Duration.ofMinutes(10));
    assertThat(limiter.obstacle(RolloutPriority.ROUTINE)).isEmpty();
  }

  /** An owner can make them fail, by a finalizer for example. */
  @Test
  void doNotPauseRepairsOfAllBecauseThoseOfSomeFail() {
    for (int i = 0; i < 20; i++) {
      limiter.ended(RolloutPriority.REPAIR, false);
    }
    assertThat(limiter.obstacle(RolloutPriority.REPAIR)).isEmpty();
  }

  @Test
  void bringNoTurnsWhenTheClockGoesBack() {
    take(RolloutPriority.ROUTINE, 60);
    clock.advance(Duration.ofHours(-1));
    assertThat(take(RolloutPriority.ROUTINE, 1)).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(take(RolloutPriority.ROUTINE, 2)).isEqualTo(1);
  }

  private int take(RolloutPriority priority, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += limiter.take(priority).isEmpty() ? 1 : 0;
    }
    return taken;
  }
}
