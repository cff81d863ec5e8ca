package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.cluster.ClusterSettings;
import io.github.maintainkubeusers.kube.CallPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.time.Duration;

/** The section {@code cluster}. */
final class ClusterSection {
  private final ConfigReader section;

  ClusterSection(ConfigReader section) {
    this.section = section;
  }

  ClusterSettings settings(CredentialsSection credentials) {
    return new ClusterSettings(
        section.value("namespace", ClusterSection::namespace).orElse("maintain-kubeusers"),
        section.value("server", Forms::httpsUrl),
        section.value("clientCa", Forms::path),
        section.value("signer", SigningTerms::signer).orElse("kubernetes.io/kube-apiserver-client"),
        credentials.lifetime(),
        credentials.signingTimeout(),
        section.integer("unsignedRequests", 32, 1, 1000));
  }

  CallPolicy calls() {
    return new CallPolicy(
        section.duration(
            "callTimeout", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofHours(1)),
        section.integer("requestsPerSecond", 100, 0, 100_000));
  }

  int concurrency() {
    return section.integer("concurrency", 32, 1, 1000);
  }

  Duration clockTolerance() {
    return section.duration(
        "clockTolerance", Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofDays(3650));
  }

  private static String namespace(String text) {
    return Forms.checked(text, Forms.isLabel(text), "is not the name of a namespace");
  }
}
