package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.cluster.ClusterSettings;
import io.github.maintainkubeusers.directory.LdapSettings;
import io.github.maintainkubeusers.home.HomeSettings;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.telemetry.TelemetrySettings;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What the configuration says of what the controller tells of itself. */
final class TelemetrySection {
  private static final int PORT = 9000;
  private static final int MOST = 65_535;

  /** The operations on a home that one account may need, each with a wait for its turn. */
  private static final int HOME_WAITS = 10;

  private static final Duration STUCK_AFTER = Duration.ofMinutes(15);

  private TelemetrySection() {}

  /**
   * @param patience how long a pass may wait for something without making progress, and be well all
   *     the same
   */
  static TelemetrySettings read(
      ConfigReader section, Duration interval, Duration patience, AdmissionPolicy admission) {
    Optional<InetAddress> address = section.value("address", Forms::address);
    int port = section.integer("port", PORT, 0, MOST);
    int probePort = section.integer("probePort", port == 0 || port == MOST ? 0 : port + 1, 0, MOST);
    Duration stuckAfter =
        section.duration("stuckAfter", STUCK_AFTER, Duration.ofSeconds(1), Duration.ofDays(1));
    return new TelemetrySettings(
        Forms.listen(address, port),
        Forms.listen(address, probePort),
        interval.plus(patience.compareTo(stuckAfter) > 0 ? patience : stuckAfter),
        section.bool("events", true),
        Stream.concat(admission.toolRoots().stream(), admission.adminRoots().stream()).toList());
  }

  /**
   * As long as a directory may take that is asked one server after the other, or an account whose
   * home and signer answer in the last moment each time. Settings are null when their own file has
   * errors.
   */
  static Duration patience(LdapSettings ldap, HomeSettings homes, ClusterSettings cluster) {
    Duration directory =
        ldap == null
            ? Duration.ZERO
            : ldap.timeouts().read().multipliedBy(ldap.servers().size() + 1L);
    Duration account = homes.deadline().multipliedBy(HOME_WAITS).plus(cluster.signingTimeout());
    return directory.compareTo(account) > 0 ? directory : account;
  }
}
