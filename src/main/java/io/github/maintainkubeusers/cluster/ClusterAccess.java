package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

/**
 * What a client must know to reach the API server.
 *
 * @param server its URL
 * @param caBundle the certificates that it and its clients are verified by, PEM
 */
public record ClusterAccess(String server, byte[] caBundle) {
    public ClusterAccess {
        requireNonNull(server, "server is null");
        requireNonNull(caBundle, "caBundle is null");
    }
}
