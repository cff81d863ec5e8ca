package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a client must know to reach the API server, and whom the API server knows clients by.
 *
 * @param server its URL
 * @param caBundle the authorities that clients verify it by, PEM
 * @param knownClientCas the authorities that it verifies clients by, PEM; empty when the cluster
 *     does not say
 */
public record ClusterEndpoint(String server, byte[] caBundle, Optional<byte[]> knownClientCas) {
  public ClusterEndpoint {
    requireNonNull(server, "server is null");
    requireNonNull(caBundle, "caBundle is null");
    requireNonNull(knownClientCas, "knownClientCas is null");
  }

  /** Of a cluster in which the same authorities vouch for the API server and for its clients. */
  public ClusterEndpoint(String server, byte[] caBundle) {
    this(server, caBundle, Optional.of(caBundle));
  }

  /** Those that are known; else, as most clusters have it, those of the server. */
  public byte[] clientCas() {
    return knownClientCas.orElse(caBundle);
  }
}
