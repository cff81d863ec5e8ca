package io.github.maintainkubeusers.kubeconfig;

import static java.util.Objects.requireNonNull;

/** A client's certificate and private key, as PEM, that stand in a kubeconfig itself. */
public record EmbeddedPair(byte[] certificate, byte[] key) {
  public EmbeddedPair {
    requireNonNull(certificate, "certificate is null");
    requireNonNull(key, "key is null");
  }

  /** Without the key, which no message may show. */
  @Override
  public String toString() {
    return "a pair";
  }
}
