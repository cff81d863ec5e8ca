package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HomeChecksTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void everyHomeIsDueOnceInThePeriodAndNotAtTheStart() {
    var checks = new HomeChecks(DAY);
    var ids = IntStream.range(0, 1_000).mapToObj(i -> AccountId.tool("tool-" + i)).toList();
    assertThat(ids).noneMatch(id -> isDue(checks, id, START));
    assertThat(ids).allMatch(id -> isDue(checks, id, START.plus(DAY)));
  }

  @Test
  void theWorkIsSpreadEvenly() {
    var checks = new HomeChecks(DAY);
    var ids = IntStream.range(0, 2_400).mapToObj(i -> AccountId.tool("tool-" + i)).toList();
    ids.forEach(id -> isDue(checks, id, START));
    for (int hour = 1; hour <= 24; hour++) {
      Instant now = START.plus(Duration.ofHours(hour));
      assertThat(ids.stream().filter(id -> isDue(checks, id, now)).count())
          .isBetween(hour * 100L - 100, hour * 100L + 100);
    }
  }

  @Test
  void aHomeThatWasLookedIntoIsDueAgainAtItsOwnMoment() {
    var checks = new HomeChecks(DAY);
    AccountId id = AccountId.tool("one");
    checks.done(id, START);
    Instant due = firstDue(checks, id, START);
    checks.done(id, due);
    assertThat(isDue(checks, id, due.plus(DAY).minusSeconds(61))).isFalse();
    assertThat(isDue(checks, id, due.plus(DAY))).isTrue();
  }

  @Test
  void aRestartDoesNotMoveTheMoment() {
    AccountId id = AccountId.tool("one");
    Instant due = firstDue(new HomeChecks(DAY), id, START);
    var restarted = new HomeChecks(DAY);
    assertThat(isDue(restarted, id, due.minusSeconds(60))).isFalse();
    assertThat(isDue(restarted, id, due.plusSeconds(60))).isTrue();
  }

  /** Where nothing is unfinished. */
  private static boolean isDue(HomeChecks checks, AccountId id, Instant now) {
    return checks.isDue(id, now, () -> false);
  }

  /** To the minute. */
  private static Instant firstDue(HomeChecks checks, AccountId id, Instant from) {
    assertThat(isDue(checks, id, from)).isFalse();
    Instant now = from;
    while (!isDue(checks, id, now)) {
      now = now.plusSeconds(60);
    }
    return now;
  }
}
