package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

  /** Whether it is settled when the home is looked into. */
  boolean isKnown(AccountId id) {
    return next.containsKey(id);
  }

  boolean isDue(AccountId id, Instant now) {
    return !now.isBefore(next.computeIfAbsent(id, _ -> momentAfter(id, now)));
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
