package io.github.maintainkubeusers.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The process that leads, by its Lease.
 *
 * @param since when it took the Lease
 * @param renewed when it last showed that it lives
 */
public record Leader(String holder, Optional<Instant> since, Instant renewed) {
  public Leader {
    requireNonNull(holder, "holder is null");
    requireNonNull(since, "since is null");
    requireNonNull(renewed, "renewed is null");
  }
}
