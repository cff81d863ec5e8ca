package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time that is ours: it ends when the renewal deadline has passed since a renewal was begun,
 * long before anybody else may take the lease, so that what is under way at its end is over by
 * then. One who has slept through it, stopped or without a network, sees by the clock alone that it
 * is over.
 */
final class LeaseTerm {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Duration length;
  private Optional<Moment> renewed = Optional.empty();
  private State state = State.CANDIDATE;

  private enum State {
    CANDIDATE,
    LEADING,
    OVER
  }

  /**
   * A moment by both clocks: the one on the wall can be set, the other one may stand still while
   * the machine sleeps.
   *
   * @param nanos as of {@link System#nanoTime}
   */
  record Moment(Instant wall, long nanos) {}

  /**
   * @param nanoTime a clock that nobody can set: {@link System#nanoTime}
   */
  LeaseTerm(InstantSource clock, LongSupplier nanoTime, Duration length) {
    this.clock = requireNonNull(clock, "clock is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    this.length = requireNonNull(length, "length is null");
  }

  Moment now() {
    return new Moment(clock.instant(), nanoTime.getAsLong());
  }

  /** What is left, by the clock by which less is left. */
  private Duration remaining() {
    return renewed
        .map(
            begun -> {
              Moment now = now();
              Duration byWall = Duration.between(begun.wall(), now.wall());
              Duration byNanos = Duration.ofNanos(now.nanos() - begun.nanos());
              return length.minus(byWall.compareTo(byNanos) > 0 ? byWall : byNanos);
            })
        .orElse(Duration.ZERO);
  }

  /**
   * Takes in a success.
   *
   * @param begun when the renewal was begun
   * @return whether it is the first
   */
  synchronized boolean renewed(Moment begun) {
    boolean first = state == State.CANDIDATE;
    if (state != State.OVER) {
      state = State.LEADING;
      renewed = Optional.of(begun);
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
  synchronized void lost() {
    renewed = Optional.empty();
    notifyAll();
  }

  synchronized boolean isCandidate() {
    return state == State.CANDIDATE;
  }

  synchronized boolean isLeading() {
    return state == State.LEADING && remaining().isPositive();
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
    while (isLeading()) {
      wait(Math.clamp(remaining().toMillis(), 1, LONGEST_LOOK.toMillis()));
    }
    return state != State.OVER;
  }
}
