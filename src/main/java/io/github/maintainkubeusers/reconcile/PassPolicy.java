package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How passes are run.
 *
 * @param concurrency accounts that are worked on at once
 * @param grace how long the previous generation of credentials keeps its rights beside a new one
 * @param homeCheck how often each home is looked into for lost or damaged credentials
 */
public record PassPolicy(int concurrency, Duration grace, Duration homeCheck) {
    public PassPolicy {
        requireNonNull(grace, "grace is null");
        requireNonNull(homeCheck, "homeCheck is null");
    }
}
