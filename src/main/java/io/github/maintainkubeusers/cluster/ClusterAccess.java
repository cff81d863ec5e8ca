package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

/**
 * What a client must know to reach the API server, and whom the API server knows clients by.
 *
 * @param server its URL
 * @param caBundle the authorities that clients verify it by, PEM
 * @param clientCas the authorities that it verifies clients by, PEM
 */
public record ClusterAccess(String server, byte[] caBundle, byte[] clientCas) {
  public ClusterAccess {
    requireNonNull(server, "server is null");
    requireNonNull(caBundle, "caBundle is null");
    requireNonNull(clientCas, "clientCas is null");
  }

  /** Of a cluster in which the same authorities vouch for the API server and for its clients. */
  public ClusterAccess(String server, byte[] caBundle) {
    this(server, caBundle, caBundle);
  }
}
