package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.account.SecretFormat;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.reconcile.CredentialPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The section {@code services} of the configuration file. */
final class ServicesSection {
  /** Each is watched by itself. */
  private static final int MOST = 100;

  /** Bindings there are those of the tool. */
  private static final String TOOL_NAMESPACES = "tool-";

  private static final Duration SHORTEST_LIFE = Duration.ofMinutes(10);
  private static final Duration LONGEST_LIFE = Duration.ofDays(3650);

  /** RFC 1123 and path segments: what Kubernetes takes as the name of a ClusterRole. */
  private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9_.:]{0,150}");

  private static final Pattern LABEL_KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

  private final CredentialPolicy credentials;

  private ServicesSection(CredentialPolicy credentials) {
    this.credentials = credentials;
  }

  static Services read(List<ConfigReader> sections, CredentialPolicy credentials) {
    var section = new ServicesSection(credentials);
    var services = new ArrayList<Service>();
    var names = new HashSet<AccountName>();
    var secrets = new HashSet<Service.SecretLocation>();
    for (ConfigReader reader : sections) {
      section
          .read(reader)
          .ifPresent(
              service -> {
                if (!names.add(service.name())) {
                  reader.error("name", "is the name of an earlier service too");
                } else if (!secrets.add(service.secret())) {
                  reader.error("secret", "is the Secret of an earlier service too");
                } else {
                  services.add(service);
                }
              });
    }
    if (sections.size() > MOST) {
      sections
          .get(MOST)
          .error("name", "is one service too many: at most " + MOST + " can be declared");
    }
    return new Services(services);
  }

  private Optional<Service> read(ConfigReader section) {
    section.require("name", "secret");
    Optional<AccountName> name = section.value("name", AccountName::new);
    Optional<Service.SecretLocation> secret =
        section.value("secret", Service.SecretLocation::parse);
    List<String> groups = section.list("groups", credentials::serviceGroup).orElse(List.of());
    Optional<Duration> lifetime =
        section.has("lifetime")
            ? Optional.of(section.duration("lifetime", LONGEST_LIFE, SHORTEST_LIFE, LONGEST_LIFE))
            : Optional.empty();
    Duration overlap = section.duration("overlap", overlap(lifetime), Duration.ZERO, LONGEST_LIFE);
    if (lifetime.filter(life -> overlap.compareTo(life.dividedBy(3)) > 0).isPresent()) {
      section.error(
          "overlap", "is longer than a third of lifetime, when the next credentials come");
    }
    SecretFormat format = section.choice("format", SecretFormat.PEM);
    boolean selfRenewal = section.bool("selfRenewal", false);
    if (selfRenewal
        && secret.filter(where -> where.namespace().startsWith(TOOL_NAMESPACES)).isPresent()) {
      section.error("selfRenewal", "cannot be had by a Secret in the namespace of a tool");
    }
    List<String> roles = section.list("roles", ServicesSection::role).orElse(List.of());
    Map<String, String> labels = section.valuesByName("labels", ServicesSection::labelValue);
    labels.keySet().stream()
        .filter(key -> !LABEL_KEY.matcher(key).matches())
        .forEach(
            key ->
                section.error(
                    "labels", InvalidValueException.quoted(key) + " is not the name of a label"));
    return name.isPresent() && secret.isPresent()
        ? Optional.of(
            new Service(
                name.get(),
                groups,
                new SigningTerms(section.value("signer", SigningTerms::signer), lifetime),
                overlap,
                secret.get(),
                format,
                roles,
                labels,
                selfRenewal))
        : Optional.empty();
  }

  /** A week, or what short lives leave of it. */
  private static Duration overlap(Optional<Duration> lifetime) {
    Duration week = Duration.ofDays(7);
    return lifetime
        .map(life -> life.dividedBy(10))
        .filter(tenth -> tenth.compareTo(week) < 0)
        .orElse(week);
  }

  private static String role(String text) {
    return Forms.checked(text, ROLE.matcher(text).matches(), "is not the name of a ClusterRole");
  }

  private static String labelValue(String text) {
    return Forms.checked(text, LABEL_VALUE.matcher(text).matches(), "is not the value of a label");
  }
}
