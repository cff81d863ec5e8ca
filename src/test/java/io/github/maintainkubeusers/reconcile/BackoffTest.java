package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final AccountId TOOL = AccountId.tool("fourohfour");
  private static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");

  private final TestClock clock = new TestClock(NOW);
  private final Backoff backoff = new Backoff(new Random(7), clock);

  @Test
  void lastsTwiceAsLongEachTimeUpToTenMinutesMoreOrLessAFifth() {
    List<Duration> expected =
        IntStream.of(5, 10, 20, 40, 80, 160, 320, 600, 600, 600)
            .mapToObj(Duration::ofSeconds)
            .toList();

    for (Duration delay : expected) {
      Duration actual = fail();
      assertThat(actual)
          .isBetween(delay.multipliedBy(8).dividedBy(10), delay.multipliedBy(12).dividedBy(10));
    }
  }

  @Test
  void neverOverflowsOrComesBackToItsBeginning() {
    IntStream.range(0, 2000).forEach(_ -> fail());

    assertThat(fail()).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(12));
  }

  @Test
  void isNotTheSameForAccountsThatFailTogether() {
    var ends =
        IntStream.range(0, 100)
            .mapToObj(i -> backoff.failed(AccountId.tool("tool-" + i), "it failed", false).until())
            .distinct();

    assertThat(ends.count()).isGreaterThan(90);
  }

  @Test
  void isOverAtItsEndAndRemembersWhatFailed() {
    Instant until = backoff.failed(TOOL, "it failed", false).until();

    clock.advance(Duration.between(NOW, until).minusMillis(1));
    assertThat(backoff.current(TOOL))
        .hasValueSatisfying(delay -> assertThat(delay.message()).isEqualTo("it failed", false));
    assertThat(backoff.current(AccountId.admin("fourohfour"))).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(backoff.current(TOOL)).isEmpty();
  }

  @Test
  void beginsAnewAfterASuccess() {
    IntStream.range(0, 5).forEach(_ -> fail());

    backoff.succeeded(TOOL);

    assertThat(backoff.current(TOOL)).isEmpty();
    assertThat(fail()).isLessThanOrEqualTo(Duration.ofSeconds(6));
  }

  private Duration fail() {
    return Duration.between(NOW, backoff.failed(TOOL, "it failed", false).until());
  }

  @Test
  void endsForThoseWhoFailedByTheConnectionWhenItWorksAgain() {
    AccountId other = AccountId.admin("other");
    Object _ = backoff.failed(TOOL, "the API server cannot be reached", true);
    Object _ = backoff.failed(other, "it failed", false);

    assertThat(backoff.reachableAgain()).containsExactly(TOOL);

    assertThat(backoff.current(TOOL)).isEmpty();
    assertThat(backoff.current(other)).isPresent();
  }
}
