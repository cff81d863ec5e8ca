package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.cluster.ClusterSettings;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.directory.DirectoryLayout;
import io.github.maintainkubeusers.directory.LdapSettings;
import io.github.maintainkubeusers.directory.ToolSearch;
import io.github.maintainkubeusers.home.HomeSettings;
import io.github.maintainkubeusers.kube.CallPolicy;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.plan.RefreshLimit;
import io.github.maintainkubeusers.plan.RemovalPolicy;
import io.github.maintainkubeusers.reconcile.CredentialPolicy;
import io.github.maintainkubeusers.reconcile.PassPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The sections of the configuration file. What is absent is as Toolforge has it; see
 * docs/configuration.md.
 */
final class ConfigSections {
  private static final Set<String> RESERVED = Set.of("system", "kube-*", "default");

  /** RFC 1123. */
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Pattern SIGNER =
      Pattern.compile("[a-z0-9][-a-z0-9.]*/[A-Za-z0-9][-A-Za-z0-9_.]*");

  /** Only what a URI can have, so that reading it as one does not fail. */
  private static final Pattern HTTPS =
      Pattern.compile(
          "https://([-A-Za-z0-9.]+|\\[[0-9a-fA-F:]+\\])(:[0-9]{1,5})?(/[-A-Za-z0-9._~/]*)?");

  private static final Pattern MODE = Pattern.compile("0?[02]?7[0-7][0145]");

  /** Elsewhere than on Toolforge, a group may be that of many accounts. */
  private static final Map<AccountKind, Integer> UNSHARED_MODES =
      Map.of(AccountKind.TOOL, 02750, AccountKind.ADMIN, 02700);

  private static final Path DEFAULT_TEMPLATES = Path.of("/etc/maintain-kubeusers/templates");
  private static final Path DEFAULT_OVERRIDES = Path.of("/etc/maintain-kubeusers/overrides.yaml");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final ConfigReader root;
  private final Options options;
  private final ConfigReader directory;
  private final ConfigReader accounts;
  private final ConfigReader objects;

  ConfigSections(ConfigReader root, Options options) {
    this.root = root;
    this.options = options;
    this.directory = root.mapping("directory");
    this.accounts = root.mapping("accounts");
    this.objects = root.mapping("objects");
  }

  Path ldapFile() {
    return directory
        .value("connectionFile", ConfigSections::path)
        .orElse(Path.of("/etc/ldap.yaml"));
  }

  Settings read(LdapFile ldapFile) {
    String configured =
        accounts.value("project", text -> ToolSearch.ofProject(text).project()).orElse("tools");
    String project = options.project.orElse(configured);
    var ldapSection = new DirectorySection(directory, project);
    ConfigReader cluster = root.mapping("cluster");
    ConfigReader credentials = root.mapping("credentials");
    ConfigReader homes = root.mapping("homes");
    Duration configuredInterval =
        root.duration("interval", Duration.ofSeconds(60), SECOND, Options.LONGEST_INTERVAL);
    Duration interval = options.interval.orElse(configuredInterval);
    LdapSettings ldap = ldapSection.ldap(ldapFile);
    var election = new LeaderElectionSection(root.mapping("leaderElection"));
    AdmissionPolicy admission = admission();
    HomeSettings homeSettings = homes(homes, admission, ldapSection.layout());
    ClusterSettings clusterSettings = cluster(cluster, credentials);
    LogFormat logFormat = root.mapping("log").choice("format", LogFormat.TEXT);
    return new Settings(
        project,
        interval,
        ldap,
        ldapSection.tools(),
        ldapSection.admins(),
        admission,
        homeSettings,
        clusterSettings,
        new CallPolicy(
            cluster.duration("callTimeout", Duration.ofSeconds(30), SECOND, HOUR),
            cluster.integer("requestsPerSecond", 100, 0, 100_000)),
        credentials(credentials, root.mapping("kubeconfig")),
        passes(cluster, credentials, homes, root.mapping("rollout")),
        departures(root.mapping("departure")),
        templates(),
        objects.value("overrides", ConfigSections::path).orElse(DEFAULT_OVERRIDES),
        TelemetrySection.read(
            root.mapping("telemetry"),
            interval,
            TelemetrySection.patience(ldap, homeSettings, clusterSettings),
            admission),
        options.logFormat.orElse(logFormat),
        election.enabled(),
        election.lease());
  }

  /** The default folder need not be there; one that is named must be. */
  private Optional<Path> templates() {
    return objects
        .value("templates", ConfigSections::path)
        .or(() -> Optional.of(DEFAULT_TEMPLATES).filter(Files::isDirectory));
  }

  private static PassPolicy passes(
      ConfigReader cluster, ConfigReader credentials, ConfigReader homes, ConfigReader rollout) {
    return new PassPolicy(
        cluster.integer("concurrency", 32, 1, 1000),
        credentials.duration("gracePeriod", Duration.ofMinutes(10), Duration.ZERO, DAY),
        new RefreshLimit(
            credentials.integer("refreshBurst", 3, 1, 1000),
            credentials.duration("refreshInterval", Duration.ofMinutes(5), SECOND, DAY)),
        rollout.integer("perMinute", 60, 1, 100_000),
        rollout.integer("urgentPerMinute", 600, 1, 100_000),
        cluster.duration("clockTolerance", Duration.ofMinutes(5), SECOND, Duration.ofDays(3650)),
        homes.duration("checkInterval", DAY, SECOND, Duration.ofDays(365)));
  }

  private AdmissionPolicy admission() {
    var reserved = new HashSet<>(RESERVED);
    reserved.addAll(accounts.stringList("reservedNames", List.of()));
    return new AdmissionPolicy(
        accounts.integer("uidFloor", 1000, 1, Integer.MAX_VALUE),
        reserved,
        accounts.list("toolRoots", HomePath::new).orElse(List.of(new HomePath("/data/project"))),
        accounts.list("adminRoots", HomePath::new).orElse(List.of(new HomePath("/home"))),
        accounts.bool("sharedUids", false));
  }

  private static HomeSettings homes(
      ConfigReader section, AdmissionPolicy admission, DirectoryLayout layout) {
    HomeSettings standard = HomeSettings.defaults();
    Map<AccountKind, Integer> modes =
        layout == DirectoryLayout.TOOLFORGE ? HomeSettings.MODES : UNSHARED_MODES;
    return new HomeSettings(
        Map.of(AccountKind.TOOL, admission.toolRoots(), AccountKind.ADMIN, admission.adminRoots()),
        section.integer("maxKubeconfigBytes", standard.maxFileBytes(), 1024, 16 << 20),
        section.integer("workers", standard.workers(), 1, 64),
        section.duration("deadline", standard.deadline(), SECOND, HOUR),
        section.bool("sync", standard.sync()),
        Map.of(
            AccountKind.TOOL,
            mode(section, "toolMode", modes.get(AccountKind.TOOL)),
            AccountKind.ADMIN,
            mode(section, "adminMode", modes.get(AccountKind.ADMIN))));
  }

  private static int mode(ConfigReader section, String key, int ifAbsent) {
    return section
        .value(
            key,
            text ->
                checked(
                    text,
                    MODE.matcher(text).matches(),
                    "is not the mode of a home, like 2770: all to the owner, and no writing to"
                        + " others",
                    mode -> Integer.parseInt(mode, 8)))
        .orElse(ifAbsent);
  }

  private static ClusterSettings cluster(ConfigReader section, ConfigReader credentials) {
    Optional<Duration> lifetime =
        credentials.has("lifetime")
            ? Optional.of(
                credentials.duration(
                    "lifetime", DAY, Duration.ofMinutes(10), Duration.ofDays(3650)))
            : Optional.empty();
    return new ClusterSettings(
        section.value("namespace", ConfigSections::namespace).orElse("maintain-kubeusers"),
        section.value("server", ConfigSections::httpsUrl),
        section.value("clientCa", ConfigSections::path),
        section
            .value("signer", ConfigSections::signer)
            .orElse("kubernetes.io/kube-apiserver-client"),
        lifetime,
        credentials.duration("signingTimeout", Duration.ofSeconds(60), SECOND, HOUR),
        section.integer("unsignedRequests", 32, 1, 1000));
  }

  private static CredentialPolicy credentials(ConfigReader section, ConfigReader kubeconfig) {
    return new CredentialPolicy(
        section.choice("keyAlgorithm", KeyAlgorithm.ECDSA_P256),
        section.value("toolOrganization", ConfigSections::organization).orElse("toolforge"),
        section.value("adminOrganization", ConfigSections::organization).orElse("admins"),
        kubeconfig.value("name", ConfigSections::notBlank).orElse("toolforge"));
  }

  static Path path(String text) {
    return checked(
        text, !text.isBlank() && text.indexOf(0) < 0, "is not the path of a file", Path::of);
  }

  private static RemovalPolicy departures(ConfigReader section) {
    return new RemovalPolicy(
        section.choice("disable", DisableMode.QUARANTINE) == DisableMode.DELETE_NAMESPACE,
        section.duration("retention", Duration.ofDays(40), SECOND, Duration.ofDays(3650)),
        section.integer("budgetAccounts", 5, 0, 1_000_000),
        section.integer("budgetPercent", 1, 0, 100),
        Set.copyOf(section.list("sentinels", AccountName::new).orElse(List.of())));
  }

  /** What becomes of an account that is disabled or vanishes. */
  private enum DisableMode {
    QUARANTINE,
    DELETE_NAMESPACE
  }

  private static String httpsUrl(String text) {
    return checked(
        text,
        HTTPS.matcher(text).matches() && URI.create(text).getHost() != null,
        "is not a URL like https://HOST:PORT",
        url -> url);
  }

  /** The name of a Lease, and a namespace's. */
  static String label(String text) {
    return checked(text, LABEL.matcher(text).matches(), "is not a DNS label", name -> name);
  }

  private static String namespace(String text) {
    return checked(
        text, LABEL.matcher(text).matches(), "is not the name of a namespace", name -> name);
  }

  private static String signer(String text) {
    return checked(
        text,
        SIGNER.matcher(text).matches(),
        "is not the name of a signer like kubernetes.io/kube-apiserver-client",
        name -> name);
  }

  /**
   * The groups that begin like this have rights that no account may have by its certificate alone.
   */
  private static String organization(String text) {
    return checked(
        notBlank(text), !text.startsWith("system:"), "is a group of Kubernetes' own", name -> name);
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw new InvalidValueException("is empty");
    }
    return text;
  }

  private static <T> T checked(String text, boolean good, String fault, Function<String, T> value) {
    if (!good) {
      throw new InvalidValueException(InvalidValueException.quoted(text) + " " + fault);
    }
    return value.apply(text);
  }
}
