package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * How often an owner may have new credentials: some at once, then one in each interval. All that
 * has to be remembered is one moment, when the refreshes so far are paid off (the generic cell rate
 * algorithm, ITU-T I.371).
 *
 * @param burst at least 1
 */
public record RefreshLimit(int burst, Duration interval) {
  /** As often as they are asked for: by those who operate a service. */
  static final RefreshLimit NONE = new RefreshLimit(1, Duration.ZERO);

  public RefreshLimit {
    requireNonNull(interval, "interval is null");
    if (burst < 1) {
      throw new IllegalArgumentException("burst is less than 1");
    }
  }

  boolean allows(Instant throttle, Instant now) {
    return !now.isBefore(nextAt(bounded(throttle, now)));
  }

  /** The throttle after a refresh now. */
  Instant charged(Instant throttle, Instant now) {
    Instant bounded = bounded(throttle, now);
    return (bounded.isAfter(now) ? bounded : now).plus(interval);
  }

  Instant nextAt(Instant throttle) {
    return throttle.minus(interval.multipliedBy(burst - 1L));
  }

  /** One that lies further ahead than it ever can is of a wrong clock, and counts for nothing. */
  private Instant bounded(Instant throttle, Instant now) {
    return throttle.isAfter(now.plus(interval.multipliedBy(burst))) ? now : throttle;
  }
}
