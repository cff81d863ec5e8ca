package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.plan.RefreshLimit;
import java.time.Duration;

/**
 * How passes are run.
 *
 * @param concurrency accounts that are worked on at once
 * @param grace how long the previous generation of credentials keeps its rights beside a new one
 * @param refreshes how often owners may have new credentials
 * @param routinePerMinute how many accounts a minute get what nobody waits for: a changed template,
 *     a new authority
 * @param urgentPerMinute the same for those whose authority is no longer trusted
 * @param clockTolerance by how much our clock may differ from the API server's
 * @param homeCheck how often each home is looked into for lost or damaged credentials
 */
public record PassPolicy(
    int concurrency,
    Duration grace,
    RefreshLimit refreshes,
    int routinePerMinute,
    int urgentPerMinute,
    Duration clockTolerance,
    Duration homeCheck) {
  public PassPolicy {
    requireNonNull(grace, "grace is null");
    requireNonNull(refreshes, "refreshes is null");
    requireNonNull(clockTolerance, "clockTolerance is null");
    requireNonNull(homeCheck, "homeCheck is null");
  }
}
