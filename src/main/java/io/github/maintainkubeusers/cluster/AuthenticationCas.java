package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Whom the API server knows callers by.
 *
 * @param clients the CAs of client certificates, PEM
 * @param frontProxies the CAs of those who may say whom they call for, PEM
 */
public record AuthenticationCas(Optional<byte[]> clients, Optional<byte[]> frontProxies) {
  public AuthenticationCas {
    requireNonNull(clients, "clients is null");
    requireNonNull(frontProxies, "frontProxies is null");
  }
}
