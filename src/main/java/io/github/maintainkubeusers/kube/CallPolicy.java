package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How the API server is called.
 *
 * @param timeout how long it may take for one answer
 * @param perSecond calls in a second, watches apart; 0 for any number
 */
public record CallPolicy(Duration timeout, int perSecond) {
  public CallPolicy {
    requireNonNull(timeout, "timeout is null");
  }
}
