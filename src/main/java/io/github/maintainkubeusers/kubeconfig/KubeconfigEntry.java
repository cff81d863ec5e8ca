package io.github.maintainkubeusers.kubeconfig;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.Optional;

/**
 * What a kubeconfig must hold for an account to reach the cluster.
 *
 * @param server the API server's URL
 * @param certificateAuthority the PEM bundle by which the server is known
 * @param namespace that of the context, unless the owner has chosen another; none for admins
 * @param certificatePath the client certificate's file; relative to the kubeconfig's folder when it
 *     is not absolute
 * @param keyPath the private key's file, likewise
 * @param embedded certificate and key, where the kubeconfig holds them itself
 * @param tlsServerName by which the server is known, where it is not that of its URL; what the
 *     owner has written stays where there is none
 * @param proxyUrl by which the server is reached, likewise
 */
public record KubeconfigEntry(
    String clusterName,
    String contextName,
    String userName,
    String server,
    byte[] certificateAuthority,
    Optional<String> namespace,
    String certificatePath,
    String keyPath,
    Optional<Pair> embedded,
    Optional<String> tlsServerName,
    Optional<String> proxyUrl) {
  /** Certificate and key as PEM. */
  public record Pair(byte[] certificate, byte[] key) {
    public Pair {
      requireNonNull(certificate, "certificate is null");
      requireNonNull(key, "key is null");
    }

    @Override
    public String toString() {
      return "a certificate with its key";
    }
  }

  public KubeconfigEntry {
    requireText(clusterName, "clusterName");
    requireText(contextName, "contextName");
    requireText(userName, "userName");
    requireText(server, "server");
    requireNonNull(certificateAuthority, "certificateAuthority is null");
    requireNonNull(namespace, "namespace is null");
    namespace.ifPresent(name -> requireText(name, "namespace"));
    requireNonNull(embedded, "embedded is null");
    if (embedded.isEmpty()) {
      requireText(certificatePath, "certificatePath");
      requireText(keyPath, "keyPath");
    }
    requireNonNull(tlsServerName, "tlsServerName is null");
    requireNonNull(proxyUrl, "proxyUrl is null");
  }

  /** Of a server that is reached by its URL alone, with certificate and key in their files. */
  public KubeconfigEntry(
      String clusterName,
      String contextName,
      String userName,
      String server,
      byte[] certificateAuthority,
      Optional<String> namespace,
      String certificatePath,
      String keyPath) {
    this(
        clusterName,
        contextName,
        userName,
        server,
        certificateAuthority,
        namespace,
        certificatePath,
        keyPath,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** In the form of keys that end with {@code -data}. */
  static String data(byte[] pem) {
    return Base64.getEncoder().encodeToString(pem);
  }

  @Override
  public String toString() {
    return "cluster "
        + clusterName
        + ", context "
        + contextName
        + ", user "
        + userName
        + ", server "
        + server;
  }

  private static void requireText(String value, String name) {
    requireNonNull(value, () -> name + " is null");
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " is blank");
    }
  }
}
