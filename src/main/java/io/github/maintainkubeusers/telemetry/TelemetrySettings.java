package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.HomePath;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the controller tells of itself.
 *
 * @param listen where metrics are served, and probes as well; empty: nowhere
 * @param probes where probes alone are served, which only the node needs to reach; empty: nowhere
 * @param stuckAfter how long passes may make no progress
 * @param events whether events are written
 * @param roots the folders of homes, by which failing homes are counted
 */
public record TelemetrySettings(
    Optional<InetSocketAddress> listen,
    Optional<InetSocketAddress> probes,
    Duration stuckAfter,
    boolean events,
    List<HomePath> roots) {
  public TelemetrySettings {
    requireNonNull(listen, "listen is null");
    requireNonNull(probes, "probes is null");
    requireNonNull(stuckAfter, "stuckAfter is null");
    roots = List.copyOf(roots);
  }
}
