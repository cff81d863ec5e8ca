package io.github.maintainkubeusers.reconcile;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that is never set. Its instants begin with that of the system's clock and only tell how much time goes by:
 * what measures intervals takes it, because the system's clock can be set forward and back. Dates come from the system's.
 */
public final class SteadyClock implements InstantSource {
    private final Instant start = InstantSource.system().instant();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
