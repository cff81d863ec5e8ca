package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.cluster.ClusterSettings;
import io.github.maintainkubeusers.directory.AccountSearch;
import io.github.maintainkubeusers.directory.LdapSettings;
import io.github.maintainkubeusers.gateway.GatewaySettings;
import io.github.maintainkubeusers.home.HomeSettings;
import io.github.maintainkubeusers.kube.CallPolicy;
import io.github.maintainkubeusers.kube.LeaseSettings;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.plan.RemovalPolicy;
import io.github.maintainkubeusers.reconcile.CredentialPolicy;
import io.github.maintainkubeusers.reconcile.PassPolicy;
import io.github.maintainkubeusers.telemetry.TelemetrySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that an operator can say, one record for each concept.
 *
 * @param project that tools and admins belong to
 * @param interval between passes over everybody
 * @param election whether to act only while leading; else as suits the way that the program is run
 * @param templates folder with templates beside the bundled ones
 * @param services that are declared beside the accounts of the directory
 * @param gateway where gateways may ask about certificates
 * @param certificateInterval how often the leader looks at the cluster's certificates; empty: never
 * @param overrides file of what single tools have differently, which need not be there
 */
public record Settings(
    String project,
    Duration interval,
    LdapSettings ldap,
    AccountSearch tools,
    AccountSearch admins,
    AdmissionPolicy admission,
    HomeSettings homes,
    ClusterSettings cluster,
    CallPolicy calls,
    CredentialPolicy credentials,
    PassPolicy passes,
    RemovalPolicy removals,
    Optional<Path> templates,
    Path overrides,
    TelemetrySettings telemetry,
    LogFormat logFormat,
    Optional<Boolean> election,
    LeaseSettings lease,
    Services services,
    Optional<GatewaySettings> gateway,
    Optional<Duration> certificateInterval) {
  public static final Duration LONGEST_INTERVAL = Duration.ofDays(1);
}
