package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A Service that the API server calls: of a webhook or of an aggregated API.
 *
 * @param name of the webhook or APIService
 * @param source the object that it stands in
 * @param server the Service's; empty when it is called by a URL
 * @param caBundle PEM by which the API server knows it; may hold anything
 * @param verifies false when the API server does not look at its certificate
 * @param required whether calls of the API server fail while it does not answer
 * @param unavailable what the API server says of an aggregated API that it cannot reach
 */
public record CalledService(
    String name,
    String source,
    Optional<ServerAddress> server,
    byte[] caBundle,
    boolean verifies,
    boolean required,
    Optional<String> unavailable) {
  public CalledService {
    requireNonNull(name, "name is null");
    requireNonNull(source, "source is null");
    requireNonNull(server, "server is null");
    requireNonNull(caBundle, "caBundle is null");
    requireNonNull(unavailable, "unavailable is null");
  }
}
