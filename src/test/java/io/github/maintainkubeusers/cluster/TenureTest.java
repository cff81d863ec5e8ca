package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TenureTest {
  private static final Instant START = Instant.parse("2026-11-22T03:50:14Z");

  private final TestClock clock = new TestClock(START);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final Tenure tenure = new Tenure(clock, nanos::get, Duration.ofSeconds(7));
  private final Tenure.Moment begun = tenure.now();

  @Test
  void isOverInTimeAlsoWhenTheClockOnTheWallIsSetBack() throws Exception {
    tenure.renewed(begun);
    CompletableFuture<Boolean> lost = awaitEnd();
    clock.advance(Duration.ofMinutes(-1));
    nanos.addAndGet(Duration.ofSeconds(7).toNanos() - 1);
    assertThat(tenure.holds()).isTrue();
    nanos.addAndGet(1);
    assertThat(tenure.holds()).isFalse();
    assertThat(lost.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void beginsWithTheFirstSuccess() {
    assertThat(tenure.holds()).isFalse();
    assertThat(tenure.renewed(begun)).isTrue();
    assertThat(tenure.holds()).isTrue();
    assertThat(tenure.renewed(begun)).isFalse();
  }

  @Test
  void isCountedFromWhenTheRenewalWasBegunNotFromWhenItWasAnswered() {
    clock.advance(Duration.ofSeconds(3));
    tenure.renewed(begun);
    clock.advance(Duration.ofSeconds(4));
    assertThat(tenure.holds()).isFalse();
  }

  @Test
  void goesOnWithEachRenewal() {
    tenure.renewed(begun);
    clock.advance(Duration.ofSeconds(6));
    tenure.renewed(tenure.now());
    clock.advance(Duration.ofSeconds(6));
    assertThat(tenure.holds()).isTrue();
  }

  @Test
  void isOverForOneWhoSleptThroughIt() throws Exception {
    tenure.renewed(begun);
    CompletableFuture<Boolean> lost = awaitEnd();
    clock.advance(Duration.ofHours(1));
    assertThat(lost.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(tenure.holds()).isFalse();
  }

  @Test
  void isOverAtOnceWhenSomebodyElseHasTheLease() throws Exception {
    tenure.renewed(begun);
    CompletableFuture<Boolean> lost = awaitEnd();
    tenure.takenAway();
    assertThat(tenure.holds()).isFalse();
    assertThat(lost.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void isNotLostByOneWhoEndsItAndDoesNotComeBack() throws Exception {
    tenure.renewed(begun);
    CompletableFuture<Boolean> lost = awaitEnd();
    tenure.end();
    assertThat(lost.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(tenure.renewed(begun)).isFalse();
    assertThat(tenure.holds()).isFalse();
  }

  private CompletableFuture<Boolean> awaitEnd() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return tenure.awaitEnd();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
