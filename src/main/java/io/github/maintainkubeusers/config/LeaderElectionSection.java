package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.kube.LeaseSettings;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.time.Duration;
import java.util.Optional;

/** The section {@code leaderElection} of the configuration file. */
final class LeaderElectionSection {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofMinutes(10);

  private final ConfigReader section;

  LeaderElectionSection(ConfigReader section) {
    this.section = section;
  }

  /** Empty where the file leaves it to the way that the program is run. */
  Optional<Boolean> enabled() {
    return section.has("enabled") ? Optional.of(section.bool("enabled", true)) : Optional.empty();
  }

  private static String label(String text) {
    return Forms.checked(text, Forms.isLabel(text), "is not a DNS label");
  }

  LeaseSettings lease() {
    String name = section.value("lease", LeaderElectionSection::label).orElse("maintain-kubeusers");
    Duration duration =
        section.duration("duration", Duration.ofSeconds(10), Duration.ofSeconds(1), MOST);
    Duration deadline = section.duration("renewDeadline", Duration.ofSeconds(7), LEAST, MOST);
    Duration retry = section.duration("retryPeriod", Duration.ofSeconds(1), LEAST, MOST);
    if (deadline.compareTo(duration) >= 0) {
      section.error("renewDeadline", "must be shorter than duration");
    }
    if (retry.compareTo(deadline) >= 0) {
      section.error("retryPeriod", "must be shorter than renewDeadline");
    }
    return new LeaseSettings(name, duration, deadline, retry);
  }
}
