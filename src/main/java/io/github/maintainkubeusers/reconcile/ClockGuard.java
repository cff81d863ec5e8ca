package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.cluster.Cluster;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells when our clock is not to be believed: with a wrong one everything looks due, renewals as
 * the end of a retention.
 */
final class ClockGuard {
  private final Cluster cluster;
  private final Duration tolerance;

  /**
   * @param tolerance by how much our clock may differ from the API server's
   */
  ClockGuard(Cluster cluster, Duration tolerance) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.tolerance = requireNonNull(tolerance, "tolerance is null");
  }

  Optional<WrongClockException> fault() {
    Duration skew = cluster.health().clockSkew(tolerance);
    return skew.abs().compareTo(tolerance) > 0
        ? Optional.of(new WrongClockException(skew, tolerance))
        : Optional.empty();
  }
}
