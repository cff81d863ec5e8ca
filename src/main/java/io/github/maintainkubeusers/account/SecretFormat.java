package io.github.maintainkubeusers.account;

import java.util.Set;

/**
 * What the Secret of a service holds, and under which keys. Each has the server's CAs as {@code
 * ca.crt}.
 */
public enum SecretFormat {
  /** As scripts have named them. */
  PEM("Opaque"),
  /** As Kubernetes names them. */
  TLS("kubernetes.io/tls"),
  /** A kubeconfig that needs no other file. */
  KUBECONFIG("Opaque");

  private final String type;

  SecretFormat(String type) {
    this.type = type;
  }

  /** Of the Secret; it cannot be changed. */
  public String type() {
    return type;
  }

  public Set<String> keys() {
    return switch (this) {
      case PEM -> Set.of("cert.pem", "key.pem", "ca.crt");
      case TLS -> Set.of("tls.crt", "tls.key", "ca.crt");
      case KUBECONFIG -> Set.of("kubeconfig", "ca.crt");
    };
  }
}
