package io.github.maintainkubeusers.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for conditions that another process brings about. */
public final class Waiting {
  private Waiting() {}

  /** Fails when the condition does not hold within the time. */
  public static void until(String what, Duration atMost, BooleanSupplier condition) {
    until(() -> what, atMost, condition);
  }

  /** The same with a message that is made when it is needed. */
  public static void until(Supplier<String> what, Duration atMost, BooleanSupplier condition) {
    Instant end = now().plus(atMost);
    for (Instant look = now(); !condition.getAsBoolean(); look = now()) {
      if (now().isAfter(end)) {
        throw new AssertionError("not within " + atMost + ": " + what.get());
      }
      pauseAfter(look);
    }
  }

  /** Fails with the last failure of the assertion when it does not pass within the time. */
  public static <T> T untilPassed(Duration atMost, Supplier<T> assertion) {
    Instant end = now().plus(atMost);
    while (true) {
      Instant look = now();
      try {
        return assertion.get();
      } catch (AssertionError e) {
        if (now().isAfter(end)) {
          throw e;
        }
        pauseAfter(look);
      }
    }
  }

  /** Longer than a look takes, mostly: what is waited for needs the processor more. */
  private static void pauseAfter(Instant look) {
    long took = Duration.between(look, now()).toMillis();
    pause(Duration.ofMillis(Math.clamp(3 * took, 20, 200)));
  }

  private static Instant now() {
    return InstantSource.system().instant();
  }

  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
