package io.github.maintainkubeusers.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The real clock, moved by as much as a test says. */
public final class MovedClock extends Clock {
  private final AtomicReference<Duration> moved = new AtomicReference<>(Duration.ZERO);

  public void advance(Duration time) {
    moved.updateAndGet(before -> before.plus(time));
  }

  /** Like {@link System#nanoTime}, moved by as much. */
  public long nanoTime() {
    return System.nanoTime() + moved.get().toNanos();
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(moved.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
