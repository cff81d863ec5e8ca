package io.github.maintainkubeusers.kube;

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
class LeaseTermTest {
  private static final Instant START = Instant.parse("2026-11-22T03:50:14Z");

  private final TestClock clock = new TestClock(START);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final LeaseTerm term = new LeaseTerm(clock, nanos::get, Duration.ofSeconds(7));
  private final LeaseTerm.Moment begun = term.now();

  @Test
  void isOverInTimeAlsoWhenTheClockOnTheWallIsSetBack() throws Exception {
    term.renewed(begun);
    CompletableFuture<Boolean> lost = awaitEnd();
    clock.advance(Duration.ofMinutes(-1));
    nanos.addAndGet(Duration.ofSeconds(7).toNanos() - 1);
    assertThat(term.isLeading()).isTrue();
    nanos.addAndGet(1);
    assertThat(term.isLeading()).isFalse();
    assertThat(lost.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void beginsWithTheFirstSuccess() {
    assertThat(term.isLeading()).isFalse();
    assertThat(term.renewed(begun)).isTrue();
    assertThat(term.isLeading()).isTrue();
    assertThat(term.renewed(begun)).isFalse();
  }

  @Test
  void isCountedFromWhenTheRenewalWasBegunNotFromWhenItWasAnswered() {
    clock.advance(Duration.ofSeconds(3));
    term.renewed(begun);
    clock.advance(Duration.ofSeconds(4));
    assertThat(term.isLeading()).isFalse();
  }

  @Test
  void goesOnWithEachRenewal() {
    term.renewed(begun);
    clock.advance(Duration.ofSeconds(6));
    term.renewed(term.now());
    clock.advance(Duration.ofSeconds(6));
    assertThat(term.isLeading()).isTrue();
  }

  @Test
  void isOverForOneWhoSleptThroughIt() throws Exception {
    term.renewed(begun);
    CompletableFuture<Boolean> lost = awaitEnd();
    clock.advance(Duration.ofHours(1));
    assertThat(lost.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(term.isLeading()).isFalse();
  }

  @Test
  void isOverAtOnceWhenSomebodyElseHasTheLease() throws Exception {
    term.renewed(begun);
    CompletableFuture<Boolean> lost = awaitEnd();
    term.lost();
    assertThat(term.isLeading()).isFalse();
    assertThat(lost.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void isNotLostByOneWhoEndsItAndDoesNotComeBack() throws Exception {
    term.renewed(begun);
    CompletableFuture<Boolean> lost = awaitEnd();
    term.end();
    assertThat(lost.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(term.renewed(begun)).isFalse();
    assertThat(term.isLeading()).isFalse();
  }

  private CompletableFuture<Boolean> awaitEnd() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return term.awaitEnd();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
