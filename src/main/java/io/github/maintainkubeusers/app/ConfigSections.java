package io.github.maintainkubeusers.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.cluster.ClusterSettings;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.directory.AccountAttributes;
import io.github.maintainkubeusers.directory.AdminSearch;
import io.github.maintainkubeusers.directory.LdapSettings;
import io.github.maintainkubeusers.directory.LdapTimeouts;
import io.github.maintainkubeusers.directory.ToolSearch;
import io.github.maintainkubeusers.home.HomeSettings;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.reconcile.CredentialPolicy;
import io.github.maintainkubeusers.reconcile.PassPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;

/** The sections of the configuration file. What is absent is as Toolforge has it; see docs/configuration.md. */
final class ConfigSections {
    private static final Set<String> RESERVED = Set.of("system", "kube-*", "default");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final ConfigReader root;
    private final Options options;
    private final ConfigReader directory;
    private final ConfigReader accounts;

    ConfigSections(ConfigReader root, Options options) {
        this.root = root;
        this.options = options;
        this.directory = root.mapping("directory");
        this.accounts = root.mapping("accounts");
    }

    Path ldapFile() {
        return Path.of(directory.string("connectionFile", "/etc/ldap.yaml"));
    }

    Settings read(LdapFile ldapFile) {
        ldapFile();
        String project = options.project.orElse(accounts.string("project", "tools"));
        ConfigReader cluster = root.mapping("cluster");
        ConfigReader credentials = root.mapping("credentials");
        ConfigReader homes = root.mapping("homes");
        Duration interval = root.duration("interval", Duration.ofSeconds(60), SECOND, DAY);
        AdmissionPolicy admission = admission();
        return new Settings(options.interval().orElse(interval), ldap(ldapFile), tools(project), admins(project),
                admission,
                homes(homes, admission), cluster(cluster, credentials),
                cluster.duration("callTimeout", Duration.ofSeconds(30), SECOND, HOUR),
                credentials(credentials, root.mapping("kubeconfig")),
                new PassPolicy(cluster.integer("concurrency", 32, 1, 1000),
                        credentials.duration("gracePeriod", Duration.ofMinutes(10), Duration.ZERO, DAY),
                        homes.duration("checkInterval", DAY, SECOND, Duration.ofDays(365))));
    }

    private LdapSettings ldap(LdapFile file) {
        boolean startTls = directory.bool("startTls", false);
        Optional<Path> trustedCa = directory.string("trustedCa").map(Path::of);
        var timeouts = new LdapTimeouts(
                directory.duration("connectTimeout", LdapTimeouts.DEFAULT.connect(), SECOND, HOUR),
                directory.duration("responseTimeout", LdapTimeouts.DEFAULT.response(), SECOND, HOUR),
                directory.duration("readTimeout", LdapTimeouts.DEFAULT.read(), SECOND, HOUR));
        int pageSize = directory.integer("pageSize", LdapSettings.DEFAULT_PAGE_SIZE, 1, 100_000);
        return checked(directory, "connectionFile",
                () -> new LdapSettings(file.servers(startTls), file.bind(), trustedCa, timeouts, pageSize))
                .orElse(null);
    }

    private ToolSearch tools(String project) {
        ConfigReader section = directory.mapping("tools");
        ToolSearch standard = ToolSearch.ofProject("tools");
        return checked(section, "filter",
                () -> new ToolSearch(project, section.string("base", standard.base()),
                        section.string("filter", standard.filter()), section.string("prefix", standard.prefix()),
                        attributes(section.mapping("attributes"), standard.attributes())))
                .orElse(standard);
    }

    private AdminSearch admins(String project) {
        ConfigReader section = directory.mapping("admins");
        AdminSearch standard = AdminSearch.ofProject("tools");
        return checked(section, "groupFilter",
                () -> new AdminSearch(project, section.string("groupBase", standard.groupBase()),
                        section.string("groupFilter", standard.groupFilter()),
                        section.string("memberAttribute", standard.memberAttribute()),
                        section.string("peopleBase", standard.peopleBase()),
                        attributes(section.mapping("attributes"), standard.attributes())))
                .orElse(standard);
    }

    private static AccountAttributes attributes(ConfigReader section, AccountAttributes standard) {
        return new AccountAttributes(section.string("name", standard.name()), section.string("uid", standard.uid()),
                section.string("home", standard.home()), section.stringList("locks", standard.locks()));
    }

    private AdmissionPolicy admission() {
        var reserved = new HashSet<>(RESERVED);
        reserved.addAll(accounts.stringList("reservedNames", List.of()));
        return new AdmissionPolicy(accounts.integer("uidFloor", 1000, 1, Integer.MAX_VALUE), reserved,
                accounts.list("toolRoots", HomePath::new).orElse(List.of(new HomePath("/data/project"))),
                accounts.list("adminRoots", HomePath::new).orElse(List.of(new HomePath("/home"))),
                accounts.bool("sharedUids", false));
    }

    private static HomeSettings homes(ConfigReader section, AdmissionPolicy admission) {
        HomeSettings standard = HomeSettings.defaults();
        return new HomeSettings(
                Map.of(AccountKind.TOOL, admission.toolRoots(), AccountKind.ADMIN, admission.adminRoots()),
                section.integer("maxKubeconfigBytes", standard.maxFileBytes(), 1024, 16 << 20),
                section.integer("workers", standard.workers(), 1, 64),
                section.duration("deadline", standard.deadline(), SECOND, HOUR), section.bool("sync", standard.sync()));
    }

    private static ClusterSettings cluster(ConfigReader section, ConfigReader credentials) {
        Optional<Duration> lifetime = credentials.has("lifetime")
                ? Optional.of(credentials.duration("lifetime", DAY, Duration.ofMinutes(10), Duration.ofDays(3650)))
                : Optional.empty();
        return new ClusterSettings(section.string("namespace", "maintain-kubeusers"),
                section.value("server", ConfigSections::httpsUrl),
                section.string("signer", "kubernetes.io/kube-apiserver-client"), lifetime,
                credentials.duration("signingTimeout", Duration.ofSeconds(60), SECOND, HOUR));
    }

    private static CredentialPolicy credentials(ConfigReader section, ConfigReader kubeconfig) {
        return new CredentialPolicy(section.choice("keyAlgorithm", KeyAlgorithm.ECDSA_P256),
                section.string("toolOrganization", "toolforge"), section.string("adminOrganization", "admins"),
                kubeconfig.string("name", "toolforge"));
    }

    private static String httpsUrl(String text) {
        if (!text.startsWith("https://")) {
            throw new IllegalArgumentException(InvalidValueException.quoted(text) + " does not begin with https://");
        }
        return text;
    }

    /** Faults that only show when a whole record is made become errors of the section. */
    private static <T> Optional<T> checked(ConfigReader section, String key, Supplier<T> record) {
        try {
            return Optional.of(record.get());
        } catch (InvalidValueException e) {
            section.error(key, e.getMessage());
            return Optional.empty();
        }
    }
}
