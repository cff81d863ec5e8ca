package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An admin's approval of removing so many accounts in one pass.
 *
 * @param by who said so
 */
public record RemovalApproval(int upTo, Instant until, String by, Instant at) {
  public RemovalApproval {
    requireNonNull(until, "until is null");
    requireNonNull(by, "by is null");
    requireNonNull(at, "at is null");
  }
}
