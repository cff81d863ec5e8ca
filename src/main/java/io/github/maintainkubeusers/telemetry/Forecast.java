package io.github.maintainkubeusers.telemetry;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What would become of accounts if nobody did anything from now on: small, and answered without a
 * call.
 *
 * @param ends when the certificates in use end, in seconds of Unix time, the first first
 * @param firstDue when the first renewal is due
 */
record Forecast(long[] ends, Optional<Instant> firstDue) {
  private static final double SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();

  /**
   * Of every account that has access, also of those that are held or kept by the brake: nobody
   * renews them.
   */
  static Forecast of(Map<AccountId, RecordState> provisioned) {
    var ends = new long[provisioned.size()];
    int count = 0;
    Instant firstDue = Instant.MAX;
    for (Map.Entry<AccountId, RecordState> entry : provisioned.entrySet()) {
      if (entry.getValue() instanceof RecordState.Known(AccountRecord record)
          && hasAccess(record.state())
          && record.credential().isPresent()) {
        Credential credential = record.credential().get();
        ends[count++] = credential.notAfter().getEpochSecond();
        Instant due = Renewal.dueAt(entry.getKey(), credential);
        firstDue = due.isBefore(firstDue) ? due : firstDue;
      }
    }
    long[] sorted = Arrays.copyOf(ends, count);
    Arrays.sort(sorted);
    return new Forecast(sorted, Optional.of(firstDue).filter(due -> due.isBefore(Instant.MAX)));
  }

  private static boolean hasAccess(AccountState state) {
    return switch (state) {
      case ACTIVE, REFRESH_DELAYED -> true;
      case QUARANTINED -> false;
    };
  }

  /** How many have ended by then. */
  int endingWithin(Duration time, Instant now) {
    long until = now.plus(time).getEpochSecond();
    return (int) Arrays.stream(ends).takeWhile(end -> end <= until).count();
  }

  /** Empty when there is nobody to be locked out. */
  OptionalDouble daysToLockout(Instant now) {
    return ends.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((ends[0] - now.getEpochSecond()) / SECONDS_OF_A_DAY);
  }

  Duration oldestDue(Instant now) {
    return firstDue
        .filter(now::isAfter)
        .map(due -> Duration.between(due, now))
        .orElse(Duration.ZERO);
  }
}
