package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that is ours: it ends when the renewal deadline has passed since a renewal was begun, long before anybody
 * else may take the lease, so that what is under way at its end is over by then. One who has slept through it, stopped
 * or without a network, sees by the clock alone that it is over.
 */
final class Tenure {
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Duration length;
    private Instant end = Instant.MIN;
    private State state = State.CANDIDATE;

    private enum State {
        CANDIDATE, LEADING, OVER
    }

    Tenure(InstantSource clock, Duration length) {
        this.clock = requireNonNull(clock, "clock is null");
        this.length = requireNonNull(length, "length is null");
    }

    /**
     * Takes in a success.
     *
     * @param begun when the renewal was begun
     * @return whether it is the first
     */
    synchronized boolean renewed(Instant begun) {
        boolean first = state == State.CANDIDATE;
        if (state != State.OVER) {
            state = State.LEADING;
            end = begun.plus(length);
            notifyAll();
        }
        return first;
    }

    /** By our own wish. */
    synchronized void end() {
        state = State.OVER;
        notifyAll();
    }

    /** Somebody else has the lease, whatever the clock says. */
    synchronized void takenAway() {
        end = Instant.MIN;
        notifyAll();
    }

    synchronized boolean isCandidate() {
        return state == State.CANDIDATE;
    }

    synchronized boolean holds() {
        return state == State.LEADING && clock.instant().isBefore(end);
    }

    /**
     * Waits until it is over. The clock is looked at often: it may be set.
     *
     * @return false when it was ended, true when time ran out
     */
    synchronized boolean awaitEnd() throws InterruptedException {
        while (state == State.CANDIDATE) {
            wait();
        }
        while (holds()) {
            wait(Math.clamp(Duration.between(clock.instant(), end).toMillis(), 1, LONGEST_LOOK.toMillis()));
        }
        return state != State.OVER;
    }
}
