package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How one of several processes is chosen.
 *
 * @param name of the Lease, in the controller's own namespace
 * @param duration after which others take a lease that is not renewed
 * @param renewDeadline after which its holder ends when it could not renew it
 * @param retryPeriod between attempts to take or renew it
 */
public record LeaseSettings(
    String name, Duration duration, Duration renewDeadline, Duration retryPeriod) {
  public LeaseSettings {
    requireNonNull(name, "name is null");
    requireNonNull(duration, "duration is null");
    requireNonNull(renewDeadline, "renewDeadline is null");
    requireNonNull(retryPeriod, "retryPeriod is null");
  }
}
