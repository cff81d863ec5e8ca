package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.cluster.CertificateSecrets;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry.Pair;
import io.github.maintainkubeusers.plan.Moments;
import java.time.InstantSource;
import java.util.Map;

/** Puts the credentials of services into their Secrets: which keys, and what they hold. */
final class ServiceSecrets {
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
  String write(AccountId id, CheckedSigning.Issued issued) {
    Service service = declared(id);
    Map<String, byte[]> files =
        files(service, new Pair(issued.certificate().toPem(), issued.key().toPem()));
    return cluster.deliver(
        service,
        files,
        Map.of(
            CertificateSecrets.ROTATED,
            Moments.seconds(clock.instant()) + " " + issued.certificate().fingerprint()));
  }

  /**
   * Writes the pair that the Secret holds anew, with the CAs and in the form of now.
   *
   * @return fingerprint of what the Secret holds now
   */
  String rewrite(AccountId id) {
    Service service = declared(id);
    Map<String, byte[]> before = cluster.delivered(service);
    Pair pair =
        CredentialFiles.pair(before)
            .orElseThrow(
                () ->
                    new CredentialException(
                        "could not find the pair of service "
                            + service.name()
                            + " in Secret "
                            + service.secret()
                            + ": delete the Secret, and the controller makes it anew"));
    return cluster.deliver(service, files(service, pair), Map.of());
  }

  private Map<String, byte[]> files(Service service, Pair pair) {
    return new CredentialFiles(service.name().value(), pair, cluster.endpoint(), kubeconfig)
        .in(service.format());
  }

  private Service declared(AccountId id) {
    return services.find(id).orElseThrow(() -> new IllegalStateException(id + " is not declared"));
  }
}
