package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.certificates.Spans;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.credential.ForeignRequest;
import io.github.maintainkubeusers.credential.IssuedCertificate;
import io.github.maintainkubeusers.credential.SubjectName;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry.Pair;
import io.github.maintainkubeusers.reconcile.CheckedSigning;
import io.github.maintainkubeusers.reconcile.CredentialFiles;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Issues certificates outside of any account.
 *
 * @param cluster loaded and followed
 */
record Issuance(Settings settings, Cluster cluster) {
  /**
   * @param files what a client is given
   */
  record Issued(IssuedCertificate certificate, CredentialFiles files) {}

  static Issuance start(Settings settings, Cluster cluster) {
    cluster.load();
    // Otherwise a signature would be seen seconds late.
    cluster.follow(_ -> {});
    return new Issuance(settings, cluster);
  }

  /**
   * Nobody must speak for a tool, an admin or a declared service but by certificates that the
   * controller keeps account of.
   *
   * @throws InputException when the name is one of theirs
   */
  void requireUnused(AccountName subject) {
    if (settings.services().find(new AccountId(AccountKind.SERVICE, subject)).isPresent()) {
      throw new InputException(
          "could not issue a certificate for "
              + subject
              + ": it is a declared service, whose Secret the controller keeps; for new ones,"
              + " maintain-kubeusers certificates rotate "
              + subject,
          null);
    }
    for (AccountKind kind : AccountKind.values()) {
      var id = new AccountId(kind, subject);
      if (cluster.known().contains(id) || cluster.records().containsKey(id)) {
        throw new InputException(
            "could not issue a certificate for "
                + subject
                + ": it is the name of "
                + id
                + ", which gets its certificates from the controller",
            null);
      }
    }
  }

  IssuedCertificate sign(ForeignRequest request, SigningTerms terms) {
    return signing().sign(request, terms);
  }

  Issued issue(AccountName name, List<String> groups, SigningTerms terms) {
    CheckedSigning.Issued issued =
        signing().issue(name.value(), new SubjectName(name.value(), groups), terms);
    return new Issued(
        issued.certificate(),
        new CredentialFiles(
            name.value(),
            new Pair(issued.certificate().toPem(), issued.key().toPem()),
            cluster.endpoint(),
            settings.credentials().kubeconfig()));
  }

  /** What a person is told of an issued certificate. */
  static List<String> told(
      String name, IssuedCertificate certificate, Optional<Duration> lifetime) {
    var lines = new ArrayList<String>();
    lines.add(
        "issued for "
            + name
            + ": valid until "
            + certificate.notAfter()
            + ", serial "
            + certificate.serial()
            + ", SHA-256 "
            + certificate.fingerprint());
    Duration given = Duration.between(certificate.notBefore(), certificate.notAfter());
    lifetime
        .filter(asked -> asked.minus(given).abs().compareTo(asked.dividedBy(10)) > 0)
        .ifPresent(
            asked ->
                lines.add(
                    "the signer gave it "
                        + Spans.text(given)
                        + ", not the "
                        + Spans.text(asked)
                        + " that were asked for: Kubernetes before 1.22 knows one lifetime for all,"
                        + " and none is longer than --cluster-signing-duration"));
    return lines;
  }

  private CheckedSigning signing() {
    return new CheckedSigning(
        cluster, settings.credentials().keyAlgorithm(), new SecureRandom(), Clock.systemUTC());
  }
}
