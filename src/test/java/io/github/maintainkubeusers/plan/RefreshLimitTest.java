package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RefreshLimitTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  @Property
  void letsThroughNoMoreThanTheBurstAndOneForEachIntervalInAnyStretchOfTime(
      @ForAll @Size(max = 60) List<@IntRange(max = 900) Integer> pauses,
      @ForAll @IntRange(min = 1, max = 5) int burst) {
    var limit = new RefreshLimit(burst, INTERVAL);
    Instant now = NOW;
    Instant throttle = Instant.EPOCH;
    long made = 0;
    for (int pause : pauses) {
      now = now.plusSeconds(pause);
      if (limit.allows(throttle, now)) {
        throttle = limit.charged(throttle, now);
        made++;
      }
    }
    long seconds = Duration.between(NOW, now).toSeconds();

    assertThat(made).isLessThanOrEqualTo(burst + seconds / INTERVAL.toSeconds());
  }

  @Test
  void allowsTheNextWhenItSaysSo() {
    var limit = new RefreshLimit(2, INTERVAL);
    Instant throttle = limit.charged(limit.charged(Instant.EPOCH, NOW), NOW);

    assertThat(limit.nextAt(throttle)).isEqualTo(NOW.plus(INTERVAL));
    assertThat(limit.allows(throttle, NOW.plus(INTERVAL).minusMillis(1))).isFalse();
    assertThat(limit.allows(throttle, NOW.plus(INTERVAL))).isTrue();
  }

  @Test
  void countsAThrottleForNothingThatAWrongClockPutIntoTheFuture() {
    var limit = new RefreshLimit(2, INTERVAL);

    assertThat(limit.allows(NOW.plus(Duration.ofDays(1000)), NOW)).isTrue();
    assertThat(limit.charged(NOW.plus(Duration.ofDays(1000)), NOW)).isEqualTo(NOW.plus(INTERVAL));
  }
}
