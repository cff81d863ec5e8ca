package io.github.maintainkubeusers.certificates;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds servers that go on showing a certificate which was renewed on disk: nobody has restarted
 * them since.
 */
public final class Renewed {
  private Renewed() {}

  /**
   * The same reports, with a finding where a file of them has a newer certificate for what a server
   * shows.
   */
  public static List<CertificateReport> compare(List<CertificateReport> reports) {
    List<CertificateReport> stored =
        reports.stream()
            .filter(report -> report.evidence().equals(Optional.of(Evidence.STORED)))
            .toList();
    return reports.stream()
        .map(
            report ->
                report.evidence().equals(Optional.of(Evidence.SERVED))
                    ? stored.stream()
                        .filter(other -> isNewer(other, report))
                        .findFirst()
                        .map(newer -> report.because(List.of(finding(newer))))
                        .orElse(report)
                    : report)
        .toList();
  }

  private static boolean isNewer(CertificateReport stored, CertificateReport served) {
    return stored.facts().isPresent()
        && served.facts().isPresent()
        && isFor(stored.facts().get(), served.facts().get())
        && stored.facts().get().notBefore().isAfter(served.facts().get().notBefore());
  }

  /** Names tell the control planes of a cluster apart, whose subjects are the same. */
  private static boolean isFor(CertificateFacts one, CertificateFacts other) {
    return !one.fingerprint().equals(other.fingerprint())
        && one.subject().equals(other.subject())
        && one.issuer().equals(other.issuer())
        && !one.names().isEmpty()
        && new HashSet<>(one.names()).equals(new HashSet<>(other.names()));
  }

  private static Finding finding(CertificateReport newer) {
    return new Finding(
        CertificateState.ENDS,
        "shows an older certificate than " + newer.source() + ", which was renewed",
        "restart the server there");
  }
}
