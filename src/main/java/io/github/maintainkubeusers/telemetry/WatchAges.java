package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** When something was last heard of the objects of each kind. */
final class WatchAges {
  /** The API server ends a watch after 10 minutes, so that a sound one is younger. */
  private static final Duration OLDEST = Duration.ofMinutes(15);

  private final InstantSource clock;
  private final Map<String, Instant> heard = new ConcurrentHashMap<>();

  /**
   * @param clock one that is never set
   */
  WatchAges(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  void heard(String mirror) {
    heard.put(mirror, clock.instant());
  }

  Map<String, Duration> ages() {
    Instant now = clock.instant();
    var ages = new TreeMap<String, Duration>();
    heard.forEach((mirror, last) -> ages.put(mirror, Duration.between(last, now)));
    return ages;
  }

  /** What is known of the cluster and may be out of date; empty when nothing is. */
  Optional<String> stale() {
    return ages().entrySet().stream()
        .filter(age -> age.getValue().compareTo(OLDEST) > 0)
        .map(
            age ->
                "nothing has been heard of "
                    + age.getKey()
                    + " for "
                    + age.getValue().toSeconds()
                    + " s")
        .findFirst();
  }
}
