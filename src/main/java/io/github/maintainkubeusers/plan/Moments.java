package io.github.maintainkubeusers.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as records hold them. */
public final class Moments {
  private Moments() {}

  /** The time without fractions of a second, as certificates have it. */
  public static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
