package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Stops asking a filesystem that does not answer. It takes several accounts to open it, so that one
 * whose home hangs does not stop the others; after a rest, one call at a time finds out whether the
 * filesystem is back.
 */
final class CircuitBreaker {
  private final int threshold;
  private final Duration rest;
  private final InstantSource clock;
  private final Set<AccountId> unanswered = new HashSet<>();
  private Instant restsUntil = Instant.MIN;

  CircuitBreaker(int threshold, Duration rest, InstantSource clock) {
    this.threshold = threshold;
    this.rest = rest;
    this.clock = clock;
  }

  /**
   * Whether a call may be made now. When it is the probe after a rest, the next one has to wait for
   * its outcome.
   */
  synchronized boolean admits() {
    if (unanswered.size() < threshold) {
      return true;
    }
    if (isResting()) {
      return false;
    }
    restsUntil = clock.instant().plus(rest);
    return true;
  }

  synchronized boolean isResting() {
    return unanswered.size() >= threshold && clock.instant().isBefore(restsUntil);
  }

  synchronized void answered() {
    unanswered.clear();
  }

  synchronized void unanswered(AccountId account) {
    unanswered.add(account);
    restsUntil = clock.instant().plus(rest);
  }
}
