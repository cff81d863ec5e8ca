package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.plan.IssuePolicy;
import io.github.maintainkubeusers.plan.RefreshLimit;
import io.github.maintainkubeusers.plan.Revocation;
import io.github.maintainkubeusers.reconcile.CredentialPolicy;
import io.github.maintainkubeusers.reconcile.KubeconfigPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The section {@code credentials}. */
final class CredentialsSection {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);

  /**
   * DER sorts organizations by their lengths, and the shortest group of credentials, {@code
   * tool:a:ID}, has a byte more. Gateways in front of the API server may read the first
   * organization alone.
   */
  private static final int MOST_OF_AN_ORGANIZATION = 26;

  private final ConfigReader section;

  CredentialsSection(ConfigReader section) {
    this.section = section;
  }

  CredentialPolicy policy(KubeconfigPolicy kubeconfig) {
    return new CredentialPolicy(
        section.choice("keyAlgorithm", KeyAlgorithm.ECDSA_P256),
        section.value("toolOrganization", CredentialsSection::organization).orElse("toolforge"),
        section.value("adminOrganization", CredentialsSection::organization).orElse("admins"),
        kubeconfig);
  }

  /** Empty where the signer decides. */
  Optional<Duration> lifetime() {
    return section.has("lifetime")
        ? Optional.of(
            section.duration("lifetime", DAY, Duration.ofMinutes(10), Duration.ofDays(3650)))
        : Optional.empty();
  }

  Duration signingTimeout() {
    return section.duration("signingTimeout", Duration.ofSeconds(60), SECOND, Duration.ofHours(1));
  }

  IssuePolicy issue() {
    return new IssuePolicy(
        gracePeriod(), refreshes(), section.choice("revocation", Revocation.GROUPS));
  }

  private Duration gracePeriod() {
    return section.duration("gracePeriod", Duration.ofMinutes(10), Duration.ZERO, DAY);
  }

  private RefreshLimit refreshes() {
    return new RefreshLimit(
        section.integer("refreshBurst", 3, 1, 1000),
        section.duration("refreshInterval", Duration.ofMinutes(5), SECOND, DAY));
  }

  /**
   * The groups that begin like this have rights that no account may have by its certificate alone.
   */
  private static String organization(String text) {
    String group =
        Forms.checked(
            Forms.notBlank(text), !text.startsWith("system:"), "is a group of Kubernetes' own");
    return Forms.checked(
        group,
        group.getBytes(StandardCharsets.UTF_8).length <= MOST_OF_AN_ORGANIZATION,
        "is longer than "
            + MOST_OF_AN_ORGANIZATION
            + " bytes, so that it would not be the first organization of certificates");
  }
}
