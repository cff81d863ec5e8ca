package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * When an account that failed may be tried again: later each time, and not all at the same moment.
 */
final class Backoff {
  private static final int FIRST_SECONDS = 5;
  private static final int LONGEST_SECONDS = 600;
  private static final double JITTER = 0.2;

  private final Map<AccountId, Delay> delays = new ConcurrentHashMap<>();
  private final RandomGenerator random;
  private final InstantSource clock;

  /**
   * @param message what failed the last time
   * @param unreachable whether it failed because the API server could not be reached
   */
  record Delay(int failures, Instant until, String message, boolean unreachable) {}

  Backoff(RandomGenerator random, InstantSource clock) {
    this.random = requireNonNull(random, "random is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The delay that is not over yet. */
  Optional<Delay> current(AccountId id) {
    return Optional.ofNullable(delays.get(id))
        .filter(delay -> clock.instant().isBefore(delay.until()));
  }

  /**
   * @param unreachable whether it failed because the API server could not be reached
   */
  Delay failed(AccountId id, String message, boolean unreachable) {
    Instant now = clock.instant();
    return delays.compute(
        id,
        (_, before) -> {
          int failures = before == null ? 1 : before.failures() + 1;
          return new Delay(failures, now.plus(length(failures)), message, unreachable);
        });
  }

  /**
   * Ends the delays of all that failed because the API server could not be reached.
   *
   * @return these accounts
   */
  Set<AccountId> reachableAgain() {
    Set<AccountId> ids =
        delays.entrySet().stream()
            .filter(entry -> entry.getValue().unreachable())
            .map(Map.Entry::getKey)
            .collect(toSet());
    delays.keySet().removeAll(ids);
    return ids;
  }

  void succeeded(AccountId id) {
    delays.remove(id);
  }

  private Duration length(int failures) {
    double seconds = FIRST_SECONDS * Math.pow(2, Math.min(failures - 1, 20));
    double bounded = Math.min(seconds, LONGEST_SECONDS);
    return Duration.ofMillis((long) (bounded * 1000 * (1 + random.nextDouble(-JITTER, JITTER))));
  }
}
