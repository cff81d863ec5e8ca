package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import io.github.maintainkubeusers.certificates.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Something that is wrong in a test, and the first cause that was found.
 *
 * @param name as docs/certificates.md names it
 * @param found empty when nothing was
 */
record SeededFault(String name, Optional<Finding> found) {
  static SeededFault of(String name, CertificateReport report) {
    return new SeededFault(name, report.first());
  }

  /** The only one of these that is not well. */
  static SeededFault of(String name, List<CertificateReport> reports) {
    List<CertificateReport> broken =
        reports.stream().filter(report -> report.state() != CertificateState.WELL).toList();
    if (broken.size() > 1) {
      throw new AssertionError(name + ": " + broken);
    }
    return new SeededFault(name, broken.stream().findFirst().flatMap(CertificateReport::first));
  }

  static SeededFault of(String name, Finding finding) {
    return new SeededFault(name, Optional.of(finding));
  }
}
