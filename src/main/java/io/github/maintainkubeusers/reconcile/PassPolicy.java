package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.plan.IssuePolicy;
import java.time.Duration;

/**
 * How passes are run.
 *
 * @param concurrency accounts that are worked on at once
 * @param issue how new credentials come beside old ones
 * @param routinePerMinute how many accounts a minute get what nobody waits for: a changed template,
 *     a new authority
 * @param urgentPerMinute the same for those whose authority is no longer trusted
 * @param clockTolerance by how much our clock may differ from the API server's
 * @param homeCheck how often each home is looked into for lost or damaged credentials
 */
public record PassPolicy(
    int concurrency,
    IssuePolicy issue,
    int routinePerMinute,
    int urgentPerMinute,
    Duration clockTolerance,
    Duration homeCheck) {
  public PassPolicy {
    requireNonNull(issue, "issue is null");
    requireNonNull(clockTolerance, "clockTolerance is null");
    requireNonNull(homeCheck, "homeCheck is null");
  }
}
