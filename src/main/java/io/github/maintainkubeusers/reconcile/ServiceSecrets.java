package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.kubeconfig.CurrentContext;
import io.github.maintainkubeusers.kubeconfig.CurrentContext.Content;
import io.github.maintainkubeusers.kubeconfig.Kubeconfig;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry.Pair;
import io.github.maintainkubeusers.kubeconfig.KubeconfigException;
import io.github.maintainkubeusers.plan.Moments;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Puts the credentials of services into their Secrets: which keys, and what they hold. */
final class ServiceSecrets {
  private static final String KUBECONFIG = "kubeconfig";
  private static final String ROTATED = "maintain-kubeusers/rotated";

  private final Cluster cluster;
  private final Services services;
  private final KubeconfigPolicy kubeconfig;
  private final InstantSource clock;

  ServiceSecrets(Cluster cluster, Services services, CredentialPolicy policy, InstantSource clock) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.services = requireNonNull(services, "services is null");
    this.kubeconfig = policy.kubeconfig();
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Puts new credentials into the Secret, in one write.
   *
   * @return fingerprint of what the Secret holds now
   */
  String write(AccountId id, CredentialIssuer.Issued issued) {
    Service service = declared(id);
    Map<String, byte[]> files = files(service, issued.certificate().toPem(), issued.key().toPem());
    return cluster.deliver(
        service,
        files,
        Map.of(
            ROTATED, Moments.seconds(clock.instant()) + " " + issued.certificate().fingerprint()));
  }

  /**
   * Writes the pair that the Secret holds anew, with the CAs and in the form of now.
   *
   * @return fingerprint of what the Secret holds now
   */
  String rewrite(AccountId id) {
    Service service = declared(id);
    Map<String, byte[]> before = cluster.delivered(service);
    Pair pair = pair(service, before);
    return cluster.deliver(service, files(service, pair.certificate(), pair.key()), Map.of());
  }

  private Map<String, byte[]> files(Service service, byte[] certificate, byte[] key) {
    ClusterEndpoint access = cluster.endpoint();
    var files = new HashMap<String, byte[]>();
    files.put("ca.crt", access.caBundle());
    switch (service.format()) {
      case PEM -> {
        files.put("cert.pem", certificate);
        files.put("key.pem", key);
      }
      case TLS -> {
        files.put("tls.crt", certificate);
        files.put("tls.key", key);
      }
      case KUBECONFIG ->
          files.put(
              KUBECONFIG,
              Kubeconfig.create(
                  new KubeconfigEntry(
                      kubeconfig.name(),
                      kubeconfig.name(),
                      service.name().value(),
                      access.server(),
                      access.caBundle(),
                      Optional.empty(),
                      "",
                      "",
                      Optional.of(new Pair(certificate, key)),
                      kubeconfig.tlsServerName(),
                      kubeconfig.proxyUrl())));
    }
    return files;
  }

  private static Pair pair(Service service, Map<String, byte[]> files) {
    return plain(files, "cert.pem", "key.pem")
        .or(() -> plain(files, "tls.crt", "tls.key"))
        .or(() -> Optional.ofNullable(files.get(KUBECONFIG)).flatMap(ServiceSecrets::embedded))
        .orElseThrow(
            () ->
                new CredentialException(
                    "could not find the pair of service "
                        + service.name()
                        + " in Secret "
                        + service.secret()
                        + ": delete the Secret, and the controller makes it anew"));
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

  private Service declared(AccountId id) {
    return services.find(id).orElseThrow(() -> new IllegalStateException(id + " is not declared"));
  }
}
