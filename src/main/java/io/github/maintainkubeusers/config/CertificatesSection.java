package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.yaml.ConfigReader;
import java.time.Duration;
import java.util.Optional;

/** The section {@code certificates}. */
final class CertificatesSection {
  private static final String CHECK_INTERVAL = "checkInterval";
  private static final String NONE = "none";

  private CertificatesSection() {}

  /** How often the leader looks at the cluster's certificates; empty when it does not. */
  static Optional<Duration> checkInterval(ConfigReader section) {
    return section.says(CHECK_INTERVAL, NONE)
        ? Optional.empty()
        : Optional.of(
            section.duration(
                CHECK_INTERVAL, Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(1)));
  }
}
