package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.ClientKey;
import io.github.maintainkubeusers.credential.ClientTrust;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ForeignRequest;
import io.github.maintainkubeusers.credential.IssuedCertificate;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.credential.ProofByUse;
import io.github.maintainkubeusers.credential.SigningRequest;
import io.github.maintainkubeusers.credential.SubjectName;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Has certificates signed, and believes none before it is seen to be the one that was asked for.
 */
public final class CheckedSigning {
  private final Cluster cluster;
  private final KeyAlgorithm keyAlgorithm;
  private final SecureRandom random;
  private final InstantSource clock;

  /** A new key, and the certificate of it. */
  public record Issued(ClientKey key, IssuedCertificate certificate) {}

  public CheckedSigning(
      Cluster cluster, KeyAlgorithm keyAlgorithm, SecureRandom random, InstantSource clock) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.keyAlgorithm = requireNonNull(keyAlgorithm, "keyAlgorithm is null");
    this.random = requireNonNull(random, "random is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Makes a key and has the certificate of it signed.
   *
   * @param owner for people, as in {@code tool NAME}
   * @throws CredentialException naming what is not as it was asked for
   */
  public Issued issue(String owner, SubjectName subject, SigningTerms terms) {
    ClientTrust trust = trust(subject);
    ClientKey key = ClientKey.generate(keyAlgorithm, random);
    byte[] certificate = cluster.sign(owner, SigningRequest.create(key, subject), terms);
    try {
      return new Issued(
          key, IssuedCertificate.check(certificate, key, subject, trust, clock.instant()));
    } catch (CredentialException e) {
      throw new CredentialException(e.getMessage() + " (" + owner + ")", e);
    }
  }

  /**
   * Has a request signed whose key is somebody else's.
   *
   * @throws CredentialException naming what is not as it was asked for; also when the cluster does
   *     not say by which CAs it knows clients, because without the key the certificate cannot be
   *     tried
   */
  public IssuedCertificate sign(ForeignRequest request, SigningTerms terms) {
    CaBundle authorities =
        cluster
            .endpoint()
            .knownClientCas()
            .map(CaBundle::parse)
            .orElseThrow(
                () ->
                    new CredentialException(
                        "could not sign a request without its key: the CAs that the API server"
                            + " knows clients by are not known; name them in cluster.clientCa"));
    String owner = request.subject().commonName();
    byte[] certificate = cluster.sign(owner, request.pem(), terms);
    return IssuedCertificate.check(certificate, request, authorities, clock.instant());
  }

  /** What the cluster says of its client CAs, or what it makes of a request with the pair. */
  ClientTrust trust(SubjectName subject) {
    ClusterEndpoint endpoint = cluster.endpoint();
    CaBundle authorities = CaBundle.parse(endpoint.clientCas());
    return endpoint.knownClientCas().isPresent()
        ? authorities
        : new ProofByUse(
            authorities,
            (certificate, key) ->
                cluster.userOf(certificate, key).filter(subject.commonName()::equals).isPresent());
  }
}
