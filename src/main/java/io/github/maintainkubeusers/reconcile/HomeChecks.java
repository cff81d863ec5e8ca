package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * When homes are looked into. Each has its own moment in the period, by a hash of the account's
 * name and the wall clock: the work is spread evenly, and a restart neither repeats nor delays it.
 */
final class HomeChecks {
  private final Duration period;
  private final Map<AccountId, Instant> next = new ConcurrentHashMap<>();

  HomeChecks(Duration period) {
    this.period = requireNonNull(period, "period is null");
  }

  /**
   * @param unfinished whether the home is due at once; asked for the first time that the account is
   */
  boolean isDue(AccountId id, Instant now, BooleanSupplier unfinished) {
    Instant moment = next.get(id);
    if (moment == null) {
      Instant first = unfinished.getAsBoolean() ? Instant.MIN : momentAfter(id, now);
      Instant hurried = next.putIfAbsent(id, first);
      moment = hurried == null ? first : hurried;
    }
    return !now.isBefore(moment);
  }

  /** Somebody else may have written there. */
  void hurry(AccountId id) {
    next.put(id, Instant.MIN);
  }

  void done(AccountId id, Instant now) {
    next.put(id, momentAfter(id, now));
  }

  private Instant momentAfter(AccountId id, Instant now) {
    long length = period.toMillis();
    long phase = Math.floorMod(id.toString().hashCode() * 0x9E3779B97F4A7C15L, length);
    long since = Math.floorMod(now.toEpochMilli() - phase, length);
    return now.plusMillis(length - since);
  }
}
