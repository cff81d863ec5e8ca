package io.github.maintainkubeusers.certificates;

/** What a certificate is there for. */
public enum CertificateKind {
  TENANTS("tenants"),
  TOOL("tool"),
  ADMIN("admin"),
  SERVICE("service"),
  SERVER_CA("server-ca"),
  CLIENT_CA("client-ca"),
  FRONT_PROXY_CA("front-proxy-ca"),
  APISERVER("apiserver"),
  TOKEN_KEYS("token-keys"),
  SIGNER("signer"),
  REQUESTS("requests"),
  KUBELET("kubelet"),
  WEBHOOK("webhook"),
  APISERVICE("apiservice"),
  CONVERSION("conversion"),
  LDAP("ldap"),
  SERVER("server"),
  FILE("file"),
  KUBECONFIG("kubeconfig"),
  SECRET("secret");

  private final String label;

  CertificateKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
