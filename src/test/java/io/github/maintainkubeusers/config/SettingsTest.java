package io.github.maintainkubeusers.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.SecretFormat;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.cluster.ClusterSettings;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.directory.AccountAttributes;
import io.github.maintainkubeusers.directory.AdminSearch;
import io.github.maintainkubeusers.directory.LdapServer;
import io.github.maintainkubeusers.directory.LdapTimeouts;
import io.github.maintainkubeusers.directory.ToolSearch;
import io.github.maintainkubeusers.directory.TransportSecurity;
import io.github.maintainkubeusers.gateway.GatewaySettings;
import io.github.maintainkubeusers.home.HomeSettings;
import io.github.maintainkubeusers.kube.CallPolicy;
import io.github.maintainkubeusers.kube.LeaseSettings;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.plan.IssuePolicy;
import io.github.maintainkubeusers.plan.RefreshLimit;
import io.github.maintainkubeusers.plan.RemovalPolicy;
import io.github.maintainkubeusers.plan.Revocation;
import io.github.maintainkubeusers.reconcile.CredentialPolicy;
import io.github.maintainkubeusers.reconcile.KubeconfigPolicy;
import io.github.maintainkubeusers.reconcile.PassPolicy;
import io.github.maintainkubeusers.telemetry.TelemetrySettings;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final HomePath TOOLS = new HomePath("/data/project");
  private static final HomePath ADMINS = new HomePath("/home");

  private static final String EVERYTHING =
      """
      interval: 5m
      leaderElection: {enabled: false, lease: lab, duration: 30s, renewDeadline: 20s, retryPeriod: 5s}
      directory:
        startTls: true
        trustedCa: /etc/ssl/ca.pem
        connectTimeout: 1s
        responseTimeout: 2s
        readTimeout: 3s
        pageSize: 100
        tools:
          base: ou=tools,dc=example
          filter: (cn=PROJECT-*)
          prefix: PROJECT-
          attributes: {name: ou, uid: gidNumber, home: path, locks: [locked]}
        admins:
          groupBase: ou=groups,dc=example
          groupFilter: (cn=PROJECT-roots)
          memberAttribute: uniqueMember
          peopleBase: ou=people,dc=example
          attributes: {name: cn, uid: gidNumber, home: path, locks: []}
      accounts:
        project: lab
        uidFloor: 500
        reservedNames: [root, sys-*]
        toolRoots: [/srv/tools, /srv/more]
        adminRoots: [/srv/people]
        sharedUids: true
      homes: {maxKubeconfigBytes: 4096, workers: 2, deadline: 7s, sync: false, checkInterval: 6h}
      removal: {disable: delete-namespace, retention: 7d, budgetAccounts: 0, budgetPercent: 50, sentinels: [one]}
      cluster:
        namespace: own
        server: https://api.example:6443
        clientCa: /srv/client-ca.crt
        signer: example.org/client
        callTimeout: 9s
        concurrency: 3
        requestsPerSecond: 7
        unsignedRequests: 5
        clockTolerance: 1h
      rollout: {perMinute: 7, urgentPerMinute: 70}
      objects: {templates: /srv/templates, overrides: /srv/overrides.yaml}
      credentials:
        refreshBurst: 5
        refreshInterval: 1m
        keyAlgorithm: rsa-3072
        toolOrganization: tools
        adminOrganization: roots
        gracePeriod: 0s
        lifetime: 7d
        signingTimeout: 11s
        revocation: none
      services:
      - name: prometheus
        groups: [monitoring]
        lifetime: 90d
        overlap: 7d
        secret: metrics/prometheus-api
        format: kubeconfig
        roles: [prometheus, "system:metrics"]
        labels: {team: observability}
        signer: example.org/clients
        selfRenewal: true
      - {name: plain, secret: a/b}
      kubeconfig:
        name: lab
        tlsServerName: k8s.internal
        proxyUrl: http://proxy.example:3128
        servers: {direct: 'https://10.0.0.1:6443'}
        embedCredentials: true
      certificates: {checkInterval: 2h}
      gateway: {address: "::1", port: 9200, certificate: /srv/g.crt, key: /srv/g.key}
      telemetry: {address: "::1", port: 9100, probePort: 9200, stuckAfter: 20m, events: false}
      log: {format: json}
      """;

  @TempDir Path folder;

  private Path config;
  private Path ldap;

  @BeforeEach
  void files() throws IOException {
    config = Files.writeString(folder.resolve("config.yaml"), "");
    ldap =
        Files.writeString(
            folder.resolve("ldap.yaml"),
            """
            servers: [ldap.example]
            user: cn=reader,dc=example
            password: hunter2
            """);
  }

  @Test
  void areToolforgesWhenTheFileIsEmpty() {
    Settings settings = load();

    assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.calls()).isEqualTo(new CallPolicy(Duration.ofSeconds(30), 100));
    assertThat(settings.ldap().servers())
        .containsExactly(new LdapServer("ldap.example", 389, TransportSecurity.NONE));
    assertThat(settings.ldap().bind().orElseThrow().bindDn()).isEqualTo("cn=reader,dc=example");
    assertThat(settings.ldap().trustedCa()).isEmpty();
    assertThat(settings.ldap().pageSize()).isEqualTo(500);
    assertThat(settings.ldap().timeouts())
        .isEqualTo(
            new LdapTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2)));
    assertThat(settings.tools())
        .isEqualTo(
            new ToolSearch(
                "tools",
                "ou=people,ou=servicegroups,dc=wikimedia,dc=org",
                "(&(objectClass=posixAccount)(cn=PROJECT.*))",
                "PROJECT.",
                attributes("cn")));
    assertThat(settings.admins())
        .isEqualTo(
            new AdminSearch(
                "tools",
                "ou=servicegroups,dc=wikimedia,dc=org",
                "(&(objectClass=posixGroup)(cn=PROJECT.admin))",
                "member",
                "ou=people,dc=wikimedia,dc=org",
                attributes("uid")));
    assertThat(settings.admission())
        .isEqualTo(
            new AdmissionPolicy(
                1000,
                Set.of("system", "kube-*", "default"),
                List.of(TOOLS),
                List.of(ADMINS),
                false));
    assertThat(settings.homes())
        .isEqualTo(
            new HomeSettings(
                Map.of(AccountKind.TOOL, List.of(TOOLS), AccountKind.ADMIN, List.of(ADMINS)),
                256 << 10,
                4,
                Duration.ofSeconds(10),
                true));
    assertThat(settings.cluster())
        .isEqualTo(
            new ClusterSettings(
                "maintain-kubeusers",
                Optional.empty(),
                Optional.empty(),
                "kubernetes.io/kube-apiserver-client",
                Optional.empty(),
                Duration.ofSeconds(60),
                32));
    assertThat(settings.credentials())
        .isEqualTo(
            new CredentialPolicy(KeyAlgorithm.ECDSA_P256, "toolforge", "admins", "toolforge"));
    assertThat(settings.removals())
        .isEqualTo(new RemovalPolicy(false, Duration.ofDays(40), 5, 1, Set.of()));
    assertThat(settings.passes())
        .isEqualTo(
            new PassPolicy(
                32,
                new IssuePolicy(
                    Duration.ofMinutes(10),
                    new RefreshLimit(3, Duration.ofMinutes(5)),
                    Revocation.GROUPS),
                60,
                600,
                Duration.ofMinutes(5),
                Duration.ofDays(1)));
    assertThat(settings.telemetry())
        .isEqualTo(
            new TelemetrySettings(
                Optional.of(new InetSocketAddress(9000)),
                Optional.of(new InetSocketAddress(9001)),
                Duration.ofMinutes(16),
                true,
                List.of(TOOLS, ADMINS)));
    assertThat(settings.logFormat()).isEqualTo(LogFormat.TEXT);
    assertThat(settings.templates()).isEmpty();
    assertThat(settings.overrides()).isEqualTo(Path.of("/etc/maintain-kubeusers/overrides.yaml"));
    assertThat(settings.election()).isEmpty();
    assertThat(settings.lease())
        .isEqualTo(
            new LeaseSettings(
                "maintain-kubeusers",
                Duration.ofSeconds(10),
                Duration.ofSeconds(7),
                Duration.ofSeconds(1)));
    assertThat(settings.services().all()).isEmpty();
    assertThat(settings.gateway()).isEmpty();
    assertThat(settings.certificateInterval()).contains(Duration.ofHours(1));
  }

  @Test
  void areWhatTheFileSaysInEachSection() throws IOException {
    Files.writeString(config, EVERYTHING);

    Settings settings = load();

    assertThat(settings.interval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.calls()).isEqualTo(new CallPolicy(Duration.ofSeconds(9), 7));
    assertThat(settings.ldap().servers())
        .containsExactly(new LdapServer("ldap.example", 389, TransportSecurity.STARTTLS));
    assertThat(settings.ldap().trustedCa()).contains(Path.of("/etc/ssl/ca.pem"));
    assertThat(settings.ldap().pageSize()).isEqualTo(100);
    assertThat(settings.ldap().timeouts())
        .isEqualTo(
            new LdapTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
    assertThat(settings.tools())
        .isEqualTo(
            new ToolSearch(
                "lab",
                "ou=tools,dc=example",
                "(cn=PROJECT-*)",
                "PROJECT-",
                new AccountAttributes("ou", "gidNumber", "path", List.of("locked"))));
    assertThat(settings.admins())
        .isEqualTo(
            new AdminSearch(
                "lab",
                "ou=groups,dc=example",
                "(cn=PROJECT-roots)",
                "uniqueMember",
                "ou=people,dc=example",
                new AccountAttributes("cn", "gidNumber", "path", List.of())));
    assertThat(settings.admission())
        .isEqualTo(
            new AdmissionPolicy(
                500,
                Set.of("system", "kube-*", "default", "root", "sys-*"),
                List.of(new HomePath("/srv/tools"), new HomePath("/srv/more")),
                List.of(new HomePath("/srv/people")),
                true));
    assertThat(settings.homes())
        .isEqualTo(
            new HomeSettings(
                Map.of(
                    AccountKind.TOOL,
                    settings.admission().toolRoots(),
                    AccountKind.ADMIN,
                    settings.admission().adminRoots()),
                4096,
                2,
                Duration.ofSeconds(7),
                false));
    assertThat(settings.cluster())
        .isEqualTo(
            new ClusterSettings(
                "own",
                Optional.of("https://api.example:6443"),
                Optional.of(Path.of("/srv/client-ca.crt")),
                "example.org/client",
                Optional.of(Duration.ofDays(7)),
                Duration.ofSeconds(11),
                5));
    assertThat(settings.credentials())
        .isEqualTo(
            new CredentialPolicy(
                KeyAlgorithm.RSA_3072,
                "tools",
                "roots",
                new KubeconfigPolicy(
                    "lab",
                    Optional.of("k8s.internal"),
                    Optional.of("http://proxy.example:3128"),
                    new TreeMap<>(Map.of("direct", "https://10.0.0.1:6443")),
                    true)));
    assertThat(settings.removals())
        .isEqualTo(
            new RemovalPolicy(true, Duration.ofDays(7), 0, 50, Set.of(new AccountName("one"))));
    assertThat(settings.passes())
        .isEqualTo(
            new PassPolicy(
                3,
                new IssuePolicy(
                    Duration.ZERO, new RefreshLimit(5, Duration.ofMinutes(1)), Revocation.NONE),
                7,
                70,
                Duration.ofHours(1),
                Duration.ofHours(6)));
    assertThat(settings.telemetry())
        .isEqualTo(
            new TelemetrySettings(
                Optional.of(new InetSocketAddress(InetAddress.ofLiteral("::1"), 9100)),
                Optional.of(new InetSocketAddress(InetAddress.ofLiteral("::1"), 9200)),
                Duration.ofMinutes(25),
                false,
                List.of(
                    new HomePath("/srv/tools"),
                    new HomePath("/srv/more"),
                    new HomePath("/srv/people"))));
    assertThat(settings.logFormat()).isEqualTo(LogFormat.JSON);
    assertThat(settings.templates()).contains(Path.of("/srv/templates"));
    assertThat(settings.overrides()).isEqualTo(Path.of("/srv/overrides.yaml"));
    assertThat(settings.election()).contains(false);
    assertThat(settings.lease())
        .isEqualTo(
            new LeaseSettings(
                "lab", Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(5)));
    assertThat(settings.gateway())
        .contains(
            new GatewaySettings(
                new InetSocketAddress(InetAddress.ofLiteral("::1"), 9200),
                Path.of("/srv/g.crt"),
                Path.of("/srv/g.key")));
    assertThat(settings.certificateInterval()).contains(Duration.ofHours(2));
    assertThat(settings.services().all())
        .containsExactly(
            new Service(
                new AccountName("plain"),
                List.of(),
                SigningTerms.COMMON,
                Duration.ofDays(7),
                new Service.SecretLocation("a", "b"),
                SecretFormat.PEM,
                List.of(),
                Map.of(),
                false),
            new Service(
                new AccountName("prometheus"),
                List.of("monitoring"),
                new SigningTerms(
                    Optional.of("example.org/clients"), Optional.of(Duration.ofDays(90))),
                Duration.ofDays(7),
                new Service.SecretLocation("metrics", "prometheus-api"),
                SecretFormat.KUBECONFIG,
                List.of("prometheus", "system:metrics"),
                Map.of("team", "observability"),
                true));
  }

  @Test
  void areThoseOfTheCommandLineWhereItSaysOtherwise() throws IOException {
    Files.writeString(config, "interval: 5m\naccounts: {project: lab}\n");

    Settings settings =
        load(Optional.of("toolsbeta"), Optional.of(Duration.ofSeconds(7)), Optional.empty());

    assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.tools().project()).isEqualTo("toolsbeta");
    assertThat(settings.admins().project()).isEqualTo("toolsbeta");
  }

  @Test
  void neverTakeForStuckWhatIsWaitedForAsItIsConfigured() throws IOException {
    Files.writeString(
        config,
        """
        telemetry: {port: 0, stuckAfter: 1s}
        directory: {readTimeout: 1h}
        """);
    assertThat(load().telemetry().stuckAfter()).isGreaterThan(Duration.ofHours(1));
    assertThat(load().telemetry().listen()).isEmpty();

    Files.writeString(config, "telemetry: {stuckAfter: 1s}\nhomes: {deadline: 10m}\n");
    assertThat(load().telemetry().stuckAfter()).isGreaterThan(Duration.ofMinutes(20));
    assertThat(load(Optional.empty(), Optional.empty(), Optional.of(LogFormat.JSON)).logFormat())
        .isEqualTo(LogFormat.JSON);
  }

  @Test
  void findTheConnectionFileWhereTheConfigurationSays() throws IOException {
    Path other = Files.writeString(folder.resolve("other.yaml"), "servers: ['ldaps://b:1636']\n");
    Files.writeString(config, "directory: {connectionFile: " + other + "}\n");

    Settings settings =
        new SettingsLoader(
                new CommandLineArguments(
                    Optional.of(config),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
            .load();

    assertThat(settings.ldap().servers())
        .containsExactly(new LdapServer("b", 1636, TransportSecurity.LDAPS));
    assertThat(settings.ldap().bind()).isEmpty();
  }

  @Test
  void readTheSectionOfRemovalsByItsEarlierName() throws IOException {
    Files.writeString(config, "departure: {budgetAccounts: 7}\n");

    assertThat(load().removals().budgetAccounts()).isEqualTo(7);
  }

  @Test
  void readThePasswordFileBesideTheConnectionFileAtEachUse() throws IOException {
    Files.writeString(ldap, "servers: [a]\nuser: cn=x\npasswordFile: secret\n");
    Path secret = folder.resolve("secret");
    LdapFile file = new LdapFile(ConfigReader.of(ldap.toString(), Files.readAllBytes(ldap)), ldap);
    var password = file.password().orElseThrow();

    Files.writeString(secret, "first\n");
    assertThat(password.get()).isEqualTo("first");
    Files.writeString(secret, "second");
    assertThat(password.get()).isEqualTo("second");
    Files.writeString(secret, "");
    assertThat(password.get()).isEmpty();
  }

  @Test
  void showNoPassword() {
    assertThat(load().toString()).doesNotContain("hunter2").contains("********");
  }

  private Settings load() {
    return load(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Settings load(
      Optional<String> project, Optional<Duration> interval, Optional<LogFormat> logFormat) {
    return new SettingsLoader(
            new CommandLineArguments(
                Optional.of(config), Optional.of(ldap), project, interval, logFormat))
        .load();
  }

  private static AccountAttributes attributes(String name) {
    return new AccountAttributes(
        name, "uidNumber", "homeDirectory", List.of("pwdAccountLockedTime", "pwdPolicySubentry"));
  }
}
