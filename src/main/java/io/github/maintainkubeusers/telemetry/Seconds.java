package io.github.maintainkubeusers.telemetry;

import java.time.Duration;
import java.time.Instant;

/** Durations and moments as Prometheus has them. */
final class Seconds {
  private Seconds() {}

  static double of(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** Unix time. */
  static double of(Instant moment) {
    return moment.toEpochMilli() / 1000.0;
  }
}
