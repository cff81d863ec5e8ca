package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What the planner is told beside what an account should be and what the cluster holds of it.
 *
 * @param home what a look into the account's home found
 */
public record Outlook(Authorities authorities, HomeCondition home, Instant now) {
    public Outlook {
        requireNonNull(authorities, "authorities is null");
        requireNonNull(home, "home is null");
        requireNonNull(now, "now is null");
    }
}
