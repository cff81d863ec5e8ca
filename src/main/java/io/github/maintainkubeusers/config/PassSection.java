package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.reconcile.PassPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;

/** The section {@code rollout}, and what other sections say of how passes are run. */
final class PassSection {
  private final ConfigReader rollout;

  PassSection(ConfigReader rollout) {
    this.rollout = rollout;
  }

  PassPolicy policy(ClusterSection cluster, CredentialsSection credentials, HomesSection homes) {
    return new PassPolicy(
        cluster.concurrency(),
        credentials.issue(),
        rollout.integer("perMinute", 60, 1, 100_000),
        rollout.integer("urgentPerMinute", 600, 1, 100_000),
        cluster.clockTolerance(),
        homes.checkInterval());
  }
}
