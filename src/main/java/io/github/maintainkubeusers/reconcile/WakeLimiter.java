package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often changes in the cluster may wake one account: some at once, then one in each interval
 * (the generic cell rate algorithm). Whoever changes a tool's objects in a loop gets no more of the
 * processor than that.
 */
final class WakeLimiter {
  private static final int BURST = 20;
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int MOST_REMEMBERED = 1000;

  private final LongSupplier nanoTime;

  /** When the wakes so far are paid off; forgotten after that. */
  private final Map<AccountId, Long> paidOff = new HashMap<>();

  WakeLimiter() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime a clock that is never set
   */
  WakeLimiter(LongSupplier nanoTime) {
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
  }

  /**
   * Counts one more wake of the account.
   *
   * @return how long it has to wait; zero for not at all
   */
  synchronized Duration take(AccountId id) {
    long now = nanoTime.getAsLong();
    if (paidOff.size() > MOST_REMEMBERED) {
      paidOff.values().removeIf(moment -> moment - now <= 0);
    }
    long before = paidOff.getOrDefault(id, now);
    long start = before - now > 0 ? before : now;
    paidOff.put(id, start + INTERVAL.toNanos());
    return Duration.ofNanos(Math.max(0, start - now - INTERVAL.toNanos() * (BURST - 1)));
  }
}
