package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.SecretFormat;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.kubeconfig.CurrentContext;
import io.github.maintainkubeusers.kubeconfig.CurrentContext.Content;
import io.github.maintainkubeusers.kubeconfig.Kubeconfig;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry.Pair;
import io.github.maintainkubeusers.kubeconfig.KubeconfigException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a client of the API server is given: its pair, and the CAs by which it verifies the server,
 * so that it has no reason not to.
 *
 * @param user as kubeconfigs call it
 * @param policy what kubeconfigs say
 */
public record CredentialFiles(
    String user, Pair pair, ClusterEndpoint access, KubeconfigPolicy policy) {
  private static final String KUBECONFIG = "kubeconfig";
  private static final String CAS = "ca.crt";

  public CredentialFiles {
    requireNonNull(user, "user is null");
    requireNonNull(pair, "pair is null");
    requireNonNull(access, "access is null");
    requireNonNull(policy, "policy is null");
  }

  /** Content by file name. */
  public Map<String, byte[]> in(SecretFormat format) {
    return switch (format) {
      case PEM -> named("cert.pem", "key.pem");
      case TLS -> named("tls.crt", "tls.key");
      case KUBECONFIG -> Map.of(CAS, access.caBundle(), KUBECONFIG, kubeconfig());
    };
  }

  /** Content by file name, under these names for the pair. */
  public Map<String, byte[]> named(String certificate, String key) {
    var files = new HashMap<String, byte[]>();
    files.put(CAS, access.caBundle());
    files.put(certificate, pair.certificate());
    files.put(key, pair.key());
    return files;
  }

  /** The pair that stands in such files, in whichever format. */
  public static Optional<Pair> pair(Map<String, byte[]> files) {
    return plain(files, "cert.pem", "key.pem")
        .or(() -> plain(files, "tls.crt", "tls.key"))
        .or(() -> Optional.ofNullable(files.get(KUBECONFIG)).flatMap(CredentialFiles::embedded));
  }

  private static Optional<Pair> plain(Map<String, byte[]> files, String certificate, String key) {
    return files.containsKey(certificate) && files.containsKey(key)
        ? Optional.of(new Pair(files.get(certificate), files.get(key)))
        : Optional.empty();
  }

  private static Optional<Pair> embedded(byte[] kubeconfig) {
    try {
      CurrentContext context = CurrentContext.read(kubeconfig);
      return context.certificate().orElse(null) instanceof Content.Inline(byte[] certificate)
              && context.key().orElse(null) instanceof Content.Inline(byte[] key)
          ? Optional.of(new Pair(certificate, key))
          : Optional.empty();
    } catch (KubeconfigException _) {
      return Optional.empty();
    }
  }

  /** One that needs no other file. */
  public byte[] kubeconfig() {
    return Kubeconfig.create(
        new KubeconfigEntry(
            policy.name(),
            policy.name(),
            user,
            access.server(),
            access.caBundle(),
            Optional.empty(),
            "",
            "",
            Optional.of(pair),
            policy.tlsServerName(),
            policy.proxyUrl()));
  }
}
