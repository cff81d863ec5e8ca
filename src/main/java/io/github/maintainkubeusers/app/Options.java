package io.github.maintainkubeusers.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import picocli.CommandLine.Option;

/** The options that all commands share. */
final class Options {
    static final Path DEFAULT_CONFIG = Path.of("/etc/maintain-kubeusers/config.yaml");

    @Option(names = "--config", paramLabel = "FILE", description = {"Configuration file; without it",
            "/etc/maintain-kubeusers/config.yaml where that exists, else Toolforge's defaults."})
    Optional<Path> config = Optional.empty();

    @Option(names = "--ldapconfig", paramLabel = "FILE", description = {
            "LDAP connection: servers, user, password (or", "passwordFile). Default: /etc/ldap.yaml."})
    Optional<Path> ldapConfig = Optional.empty();

    @Option(names = "--project", paramLabel = "NAME", description = {
            "Project that tools and admins belong to; the prefix", "of their names in LDAP. Default: tools."})
    Optional<String> project = Optional.empty();

    @Option(names = "--local", description = {"Connect to the cluster as KUBECONFIG (or ~/.kube/config)",
            "says, not by the pod's ServiceAccount."})
    boolean local;

    @Option(names = "--debug", description = "Log each failure with its whole cause.")
    boolean debug;

    @Option(names = "--interval", paramLabel = "SECONDS", description = "Time between passes. Default: 60.")
    Optional<Long> intervalSeconds = Optional.empty();

    Optional<Duration> interval() {
        return intervalSeconds.map(Duration::ofSeconds);
    }
}
