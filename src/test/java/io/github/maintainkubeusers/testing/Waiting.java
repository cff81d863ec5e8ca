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
        Instant end = InstantSource.system().instant().plus(atMost);
        while (!condition.getAsBoolean()) {
            if (InstantSource.system().instant().isAfter(end)) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            pause(Duration.ofMillis(20));
        }
    }

    /** Fails with the last failure of the assertion when it does not pass within the time. */
    public static <T> T untilPassed(Duration atMost, Supplier<T> assertion) {
        Instant end = InstantSource.system().instant().plus(atMost);
        while (true) {
            try {
                return assertion.get();
            } catch (AssertionError e) {
                if (InstantSource.system().instant().isAfter(end)) {
                    throw e;
                }
                pause(Duration.ofMillis(50));
            }
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
