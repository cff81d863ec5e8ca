package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.plan.RolloutPriority;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Limits the pace of work that many accounts need at once and nobody waits for. Stops it while the
 * API server is degraded or one account after the other fails.
 */
final class RolloutLimiter {
  private static final int FAILURES = 5;
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final double SECONDS = 60;

  private final Supplier<Optional<String>> complaint;
  private final InstantSource clock;
  private final Map<RolloutPriority, Bucket> buckets = new EnumMap<>(RolloutPriority.class);

  /** Turns that may be taken: as many as a minute brings, and more every moment. */
  private static final class Bucket {
    private final int perMinute;
    private double turns;
    private Instant filledAt;
    private int failures;
    private Instant pausedUntil = Instant.MIN;

    Bucket(int perMinute, Instant now) {
      this.perMinute = perMinute;
      this.turns = perMinute;
      this.filledAt = now;
    }

    void fill(Instant now) {
      double more =
          Math.max(0, Duration.between(filledAt, now).toMillis()) / 1000.0 * perMinute / SECONDS;
      turns = Math.min(perMinute, turns + more);
      filledAt = now;
    }
  }

  /**
   * @param complaint why the API server should be left alone, if it should
   */
  RolloutLimiter(
      int routinePerMinute,
      int urgentPerMinute,
      Supplier<Optional<String>> complaint,
      InstantSource clock) {
    this.complaint = requireNonNull(complaint, "complaint is null");
    this.clock = requireNonNull(clock, "clock is null");
    buckets.put(RolloutPriority.ROUTINE, new Bucket(routinePerMinute, clock.instant()));
    buckets.put(RolloutPriority.REPAIR, new Bucket(routinePerMinute, clock.instant()));
    buckets.put(RolloutPriority.URGENT, new Bucket(urgentPerMinute, clock.instant()));
  }

  /** Why no account may start now; empty when one may. */
  synchronized Optional<String> obstacle(RolloutPriority priority) {
    return priority == RolloutPriority.NONE ? Optional.empty() : obstacle(buckets.get(priority));
  }

  /** Takes a turn, or says why there is none. */
  synchronized Optional<String> take(RolloutPriority priority) {
    Optional<String> obstacle = obstacle(priority);
    if (priority != RolloutPriority.NONE && obstacle.isEmpty()) {
      buckets.get(priority).turns--;
    }
    return obstacle;
  }

  synchronized void ended(RolloutPriority priority, boolean well) {
    if (priority == RolloutPriority.NONE || priority == RolloutPriority.REPAIR) {
      return; // an owner who makes repairs fail must not stop the repairs of others
    }
    Bucket bucket = buckets.get(priority);
    bucket.failures = well ? 0 : bucket.failures + 1;
    if (bucket.failures >= FAILURES) {
      bucket.pausedUntil = clock.instant().plus(PAUSE);
      bucket.failures = 0;
    }
  }

  private Optional<String> obstacle(Bucket bucket) {
    Instant now = clock.instant();
    bucket.fill(now);
    if (now.isBefore(bucket.pausedUntil)) {
      return Optional.of(
          FAILURES + " accounts in a row have failed: no more before " + bucket.pausedUntil);
    }
    return complaint
        .get()
        .or(
            () ->
                bucket.turns < 1
                    ? Optional.of("its turn, " + bucket.perMinute + " accounts a minute")
                    : Optional.empty());
  }
}
