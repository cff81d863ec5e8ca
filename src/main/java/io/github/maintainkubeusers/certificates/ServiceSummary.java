package io.github.maintainkubeusers.certificates;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The certificates of declared services, each in a line, by its record and its Secret. */
public final class ServiceSummary {
  private static final String RUN =
      "see that the controller runs and leads, and what maintain-kubeusers plan says of it";

  private ServiceSummary() {}

  /**
   * @param observe what the cluster holds of an account
   * @param names of CAs, by fingerprint
   */
  public static List<CertificateReport> of(
      Services services,
      Function<AccountId, Observed> observe,
      Map<String, String> names,
      Examiner examiner) {
    return services.all().stream()
        .map(service -> of(service, observe.apply(service.id()), names, examiner))
        .toList();
  }

  private static CertificateReport of(
      Service service, Observed observed, Map<String, String> names, Examiner examiner) {
    String source = "Secret " + service.secret();
    if (observed.record() instanceof RecordState.Unreadable(String why)) {
      return CertificateReport.without(
          CertificateKind.SERVICE,
          service.name().value(),
          source,
          Finding.unknown("its record cannot be read: " + why, RUN));
    }
    Optional<AccountRecord> record = observed.record().known();
    Optional<Credential> credential = record.flatMap(AccountRecord::credential);
    var findings = new ArrayList<Finding>();
    observed
        .delivery()
        .obstacle()
        .ifPresent(why -> findings.add(Finding.unknown(why, "correct that; then a pass does it")));
    if (credential.isEmpty()) {
      findings.add(Finding.broken("it is declared, and has no credentials yet", RUN));
      return CertificateReport.without(
              CertificateKind.SERVICE, service.name().value(), source, findings.getFirst())
          .besides(findings.subList(1, findings.size()));
    }
    findings.addAll(findings(observed, record.get(), credential.get(), examiner));
    return report(service, source, credential.get(), names, findings);
  }

  private static List<Finding> findings(
      Observed observed, AccountRecord record, Credential credential, Examiner examiner) {
    var findings = new ArrayList<Finding>();
    Instant now = examiner.now();
    if (record.state() == AccountState.QUARANTINED) {
      findings.add(Finding.broken("its rights have ended, since " + record.since(), RUN));
    }
    if (!now.isBefore(credential.notAfter())) {
      findings.add(new Finding(CertificateState.ENDED, "ended on " + credential.notAfter(), RUN));
    } else if (TenantSummary.isLate(observed.id(), credential, now)) {
      findings.add(new Finding(CertificateState.ENDS, "its rotation is overdue", RUN));
    }
    if (observed.delivery().obstacle().isEmpty() && observed.status().isEmpty()) {
      findings.add(Finding.broken("its Secret is gone", RUN));
    }
    if (observed.facts().revoke(credential.id())) {
      findings.add(Finding.broken("an admin revoked its credentials", RUN));
    }
    return findings;
  }

  private static CertificateReport report(
      Service service,
      String source,
      Credential credential,
      Map<String, String> names,
      List<Finding> findings) {
    return new CertificateReport(
        CertificateKind.SERVICE,
        service.name() + " (gen. " + credential.number() + ")",
        source,
        Optional.of(Evidence.RECORDED),
        Optional.of(CertificateFacts.of(credential)),
        Optional.ofNullable(names.get(credential.issuer())),
        Optional.of(credential.notAfter()),
        Optional.empty(),
        findings);
  }
}
