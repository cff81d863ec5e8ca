package io.github.maintainkubeusers.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What clients of a server may use.
 *
 * @param connections at a time, two or more
 * @param requestBytes of one request
 * @param idle how long a connection may stay without a request once it was answered; zero for one
 *     request each
 */
public record HttpLimits(int connections, int requestBytes, Duration idle) {
  public HttpLimits {
    requireNonNull(idle, "idle is null");
    if (connections < 2 || requestBytes < 1) {
      throw new IllegalArgumentException("too little for a server");
    }
  }
}
