package io.github.maintainkubeusers.testing;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports about certificates that nobody has looked at. */
public final class CertificateReports {
  private CertificateReports() {}

  public static CertificateReport well(CertificateKind kind, String name, Instant end) {
    return seen(kind, name, end, List.of());
  }

  public static CertificateReport ending(CertificateKind kind, String name, Instant end) {
    return seen(
        kind, name, end, List.of(new Finding(CertificateState.ENDS, "ends in 5d", "renew it")));
  }

  public static CertificateReport ended(CertificateKind kind, String name, Instant end) {
    return seen(
        kind, name, end, List.of(new Finding(CertificateState.ENDED, "ended on it", "renew it")));
  }

  public static CertificateReport broken(CertificateKind kind, String name, String problem) {
    return CertificateReport.without(kind, name, "nowhere", Finding.broken(problem, "repair it"));
  }

  public static CertificateReport unknown(CertificateKind kind, String name, String problem) {
    return CertificateReport.without(kind, name, "nowhere", Finding.unknown(problem, "look"));
  }

  private static CertificateReport seen(
      CertificateKind kind, String name, Instant end, List<Finding> findings) {
    return new CertificateReport(
        kind,
        name,
        "nowhere",
        Optional.of(Evidence.SERVED),
        Optional.empty(),
        Optional.empty(),
        Optional.of(end),
        Optional.empty(),
        findings);
  }
}
