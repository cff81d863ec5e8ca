package io.github.maintainkubeusers.certificates;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.plan.RecordState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cluster's signer gives now, by the last certificate that a tool or admin was given. */
public final class SignerSummary {
  private SignerSummary() {}

  /**
   * Nothing where none was given yet.
   *
   * @param signer its name
   * @param asked the lifetime that is asked for; empty where the signer decides
   * @param authorities the CAs that the API server knows clients by
   */
  public static List<CertificateReport> of(
      Map<AccountId, RecordState> records,
      String signer,
      Optional<Duration> asked,
      CaBundle authorities,
      Examiner examiner) {
    return records.entrySet().stream()
        .filter(entry -> entry.getKey().kind().hasHome())
        .flatMap(entry -> entry.getValue().known().stream())
        .map(AccountRecord::credential)
        .flatMap(Optional::stream)
        .max(Comparator.comparing(Credential::notBefore))
        .map(last -> of(last, signer, asked, authorities, examiner))
        .stream()
        .toList();
  }

  private static CertificateReport of(
      Credential last,
      String signer,
      Optional<Duration> asked,
      CaBundle authorities,
      Examiner examiner) {
    Optional<ParsedCertificate> authority =
        authorities.certificates().stream()
            .filter(known -> known.fingerprint().equals(last.issuer()))
            .findFirst();
    List<Finding> findings =
        authority
            .map(
                known ->
                    examiner
                        .end(
                            known.notAfter(),
                            "let the signer use a new CA: docs/operations.md, Rotate the CA")
                        .stream()
                        .toList())
            .orElseGet(
                () ->
                    List.of(
                        Finding.broken(
                            "the last certificate is by a CA that the API server does not know"
                                + " clients by",
                            "give --client-ca-file the CA of --cluster-signing-cert-file")));
    Duration given = Duration.between(last.notBefore(), last.notAfter());
    String life =
        " (gives "
            + Spans.text(given)
            + asked
                .filter(wish -> wish.minus(given).abs().compareTo(wish.dividedBy(10)) > 0)
                .map(wish -> ", " + Spans.text(wish) + " are asked for")
                .orElse("")
            + ")";
    return new CertificateReport(
        CertificateKind.SIGNER,
        signer + life,
        "records",
        Optional.of(Evidence.RECORDED),
        Optional.empty(),
        authority.map(ParsedCertificate::subject),
        authority.map(ParsedCertificate::notAfter),
        Optional.empty(),
        findings);
  }
}
