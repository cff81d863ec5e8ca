package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.plan.RemovalPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The section {@code removal}: what becomes of accounts that are disabled or gone. */
final class RemovalSection {
  private final ConfigReader section;

  private enum DisableMode {
    QUARANTINE,
    DELETE_NAMESPACE
  }

  RemovalSection(ConfigReader section) {
    this.section = section;
  }

  RemovalPolicy policy() {
    return new RemovalPolicy(
        section.choice("disable", DisableMode.QUARANTINE) == DisableMode.DELETE_NAMESPACE,
        section.duration(
            "retention", Duration.ofDays(40), Duration.ofSeconds(1), Duration.ofDays(3650)),
        section.integer("budgetAccounts", 5, 0, 1_000_000),
        section.integer("budgetPercent", 1, 0, 100),
        Set.copyOf(section.list("sentinels", AccountName::new).orElse(List.of())));
  }
}
