package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is the operator's to say of the cluster.
 *
 * @param namespace the controller's own, where the record of admins is
 * @param server the API server's URL for kubeconfigs, where there is no {@code cluster-info}
 * @param clientCa a file with the authorities that the API server knows clients by, where it does
 *     not publish them
 * @param signer the name of the signer of client certificates
 * @param lifetime asked for of the signer; servers before 1.22 give what they always give
 * @param signingTimeout how long a certificate is waited for
 * @param unsignedRequests signing requests that may wait for the signer at once
 */
public record ClusterSettings(
    String namespace,
    Optional<String> server,
    Optional<Path> clientCa,
    String signer,
    Optional<Duration> lifetime,
    Duration signingTimeout,
    int unsignedRequests) {
  public ClusterSettings {
    requireNonNull(namespace, "namespace is null");
    requireNonNull(server, "server is null");
    requireNonNull(clientCa, "clientCa is null");
    requireNonNull(signer, "signer is null");
    requireNonNull(lifetime, "lifetime is null");
    requireNonNull(signingTimeout, "signingTimeout is null");
  }
}
