package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.credential.IssuedCertificate;
import io.github.maintainkubeusers.credential.SubjectName;
import io.github.maintainkubeusers.plan.PlanContext.KeptCredentials;
import io.github.maintainkubeusers.reconcile.CheckedSigning.Issued;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Obtains keys and certificates that belong together. What was signed is kept in memory until it is
 * recorded, so that an attempt that fails later needs no other signature.
 */
final class CredentialIssuer {
  /** Afterwards new ones are made: the certificate's life is measured from its signature. */
  private static final Duration KEPT_FOR = Duration.ofHours(12);

  private final CheckedSigning signing;
  private final CredentialPolicy policy;
  private final Services services;
  private final InstantSource clock;
  private final Map<AccountId, Kept> kept = new ConcurrentHashMap<>();
  private volatile Optional<String> signer = Optional.empty();

  /**
   * @param basis what the credentials were signed on
   */
  private record Kept(Uid uid, CredentialId id, Issued issued, Basis basis, Instant at) {}

  /**
   * What must be the same for credentials to be used later.
   *
   * @param facts what admins had stated
   * @param identity of the object that holds the record: facts are deleted with it
   */
  record Basis(AdminFacts facts, String identity) {}

  CredentialIssuer(
      Cluster cluster,
      CredentialPolicy policy,
      Services services,
      SecureRandom random,
      InstantSource clock) {
    this.services = requireNonNull(services, "services is null");
    this.policy = requireNonNull(policy, "policy is null");
    this.signing = new CheckedSigning(cluster, policy.keyAlgorithm(), random, clock);
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Credentials that were signed for the account and not recorded, if they can still be used. */
  Optional<KeptCredentials> kept(AccountId id, Basis basis) {
    return Optional.ofNullable(kept.get(id))
        .filter(found -> found.basis().equals(basis))
        .filter(
            found -> Duration.between(found.at(), clock.instant()).abs().compareTo(KEPT_FOR) < 0)
        .map(found -> new KeptCredentials(found.id(), found.uid()));
  }

  /** Signs new credentials, or gives those of this ID that were kept. */
  Issued issue(Account account, CredentialId id, Basis basis) {
    Kept before = kept.get(account.id());
    if (before != null && before.id().equals(id)) {
      return before.issued();
    }
    Optional<Service> service = services.find(account.id());
    Issued issued =
        issue(
            account.id().toString(),
            service
                .map(declared -> CredentialPolicy.subject(declared, id))
                .orElseGet(() -> policy.subject(account.id(), id)),
            service.map(Service::terms).orElse(SigningTerms.COMMON));
    kept.put(account.id(), new Kept(account.uid(), id, issued, basis, clock.instant()));
    return issued;
  }

  /** The credentials are recorded, or the account is no longer to have any. */
  void release(AccountId id) {
    kept.remove(id);
  }

  /** What an earlier controller issued, as the account's home has it. */
  IssuedCertificate adopt(Account account, HomeFiles homeFiles) {
    SubjectName subject = policy.subjectWithoutGroup(account.id());
    return homeFiles.adopt(account, subject, signing.trust(subject), clock.instant());
  }

  /** Has a certificate signed that gives nobody anything, to see which CA signs. */
  void probe() {
    Issued _ = issue("probe", CredentialPolicy.ofProbe(), SigningTerms.COMMON);
  }

  /**
   * SHA-256 of the certificate of the CA that signed last; empty when nothing has been signed yet.
   */
  Optional<String> signing() {
    return signer;
  }

  /** What kubeconfigs say besides server and CAs. */
  String kubeconfig() {
    return policy.kubeconfig().more();
  }

  static Credential credential(CredentialId id, int number, IssuedCertificate certificate) {
    return new Credential(
        id,
        number,
        certificate.fingerprint(),
        certificate.issuerFingerprint(),
        certificate.serial(),
        certificate.notBefore(),
        certificate.notAfter());
  }

  private Issued issue(String owner, SubjectName subject, SigningTerms terms) {
    Issued issued = signing.issue(owner, subject, terms);
    signer = Optional.of(issued.certificate().issuerFingerprint());
    return issued;
  }
}
