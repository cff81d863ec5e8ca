package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that is never set. Its instants begin with that of the system's clock and only tell how
 * much time goes by: what measures intervals takes it, because the system's clock can be set
 * forward and back. Dates come from the system's.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start = InstantSource.system().instant();
  private final LongSupplier nanoTime;
  private final long startNanos;

  public SteadyClock() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime like {@link System#nanoTime}
   */
  public SteadyClock(LongSupplier nanoTime) {
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    this.startNanos = nanoTime.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanoTime.getAsLong() - startNanos);
  }
}
