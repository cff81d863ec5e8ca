package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.Ownership;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.kube.ClusterException;
import java.time.Clock;
import java.util.Optional;

/** Whom a cluster's certificates are of. */
final class Owners {
  private Owners() {}

  /**
   * @param cluster loaded
   */
  static Ownership of(Cluster cluster) {
    return new Ownership(
        cluster.records(), cluster::observe, clientCas(cluster), Clock.systemUTC().instant());
  }

  private static Optional<CaBundle> clientCas(Cluster cluster) {
    try {
      return Optional.of(CaBundle.parse(cluster.endpoint().clientCas()));
    } catch (ClusterException | CredentialException _) {
      return Optional.empty();
    }
  }
}
