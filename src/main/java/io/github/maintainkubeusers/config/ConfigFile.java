package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.cluster.ClusterSettings;
import io.github.maintainkubeusers.directory.LdapSettings;
import io.github.maintainkubeusers.home.HomeSettings;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.reconcile.CredentialPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The configuration file, one section for each concept. What is absent is as Toolforge has it; see
 * docs/configuration.md.
 */
final class ConfigFile {
  static final Path DEFAULT = Path.of("/etc/maintain-kubeusers/config.yaml");

  private final ConfigReader root;
  private final CommandLineArguments arguments;
  private final ConfigReader directory;

  ConfigFile(ConfigReader root, CommandLineArguments arguments) {
    this.root = root;
    this.arguments = arguments;
    this.directory = root.mapping("directory");
  }

  Path ldapFile() {
    return directory.value("connectionFile", Forms::path).orElse(Path.of("/etc/ldap.yaml"));
  }

  Settings read(LdapFile ldapFile) {
    var accounts = new AccountsSection(root.mapping("accounts"));
    String configuredProject = accounts.project();
    String project = arguments.project().orElse(configuredProject);
    Duration configuredInterval =
        root.duration(
            "interval", Duration.ofSeconds(60), Duration.ofSeconds(1), Settings.LONGEST_INTERVAL);
    Duration interval = arguments.interval().orElse(configuredInterval);
    var directorySection = new DirectorySection(directory, project);
    LdapSettings ldap = directorySection.ldap(ldapFile);
    AdmissionPolicy admission = accounts.admission();
    var homes = new HomesSection(root.mapping("homes"));
    HomeSettings homeSettings = homes.settings(admission, directorySection.layout());
    var cluster = new ClusterSection(root.mapping("cluster"));
    var credentials = new CredentialsSection(root.mapping("credentials"));
    var kubeconfig = new KubeconfigSection(root.mapping("kubeconfig"));
    CredentialPolicy credentialPolicy = credentials.policy(kubeconfig.policy());
    ClusterSettings clusterSettings = cluster.settings(credentials);
    var objects = new ObjectsSection(root.mapping("objects"));
    var election = new LeaderElectionSection(root.mapping("leaderElection"));
    LogFormat logFormat = root.mapping("log").choice("format", LogFormat.TEXT);
    return new Settings(
        project,
        interval,
        ldap,
        directorySection.tools(),
        directorySection.admins(),
        admission,
        homeSettings,
        clusterSettings,
        cluster.calls(),
        credentialPolicy,
        new PassSection(root.mapping("rollout")).policy(cluster, credentials, homes),
        new RemovalSection(root.mapping("removal", "departure")).policy(),
        objects.templates(),
        objects.overrides(),
        TelemetrySection.read(
            root.mapping("telemetry"),
            interval,
            TelemetrySection.patience(ldap, homeSettings, clusterSettings),
            admission),
        arguments.logFormat().orElse(logFormat),
        election.enabled(),
        election.lease(),
        ServicesSection.read(root.mappings("services"), credentialPolicy),
        GatewaySection.read(root.mapping("gateway")),
        CertificatesSection.checkInterval(root.mapping("certificates")));
  }
}
