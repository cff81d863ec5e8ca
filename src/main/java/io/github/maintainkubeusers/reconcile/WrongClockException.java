package io.github.maintainkubeusers.reconcile;

import java.time.Duration;

/** The clock of this machine, or the API server's, is wrong: nothing is done by it. */
public final class WrongClockException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongClockException(Duration lead, Duration tolerance) {
    super(
        "the clock here is "
            + lead.abs().toSeconds()
            + " s "
            + (lead.isNegative() ? "behind" : "ahead of")
            + " the API server's, more than "
            + tolerance.toSeconds()
            + " s: nothing is done until one of them is corrected");
  }
}
