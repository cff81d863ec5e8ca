package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.ReportText;
import io.github.maintainkubeusers.certificates.ReportTree;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** Prints what was found out about certificates. */
record ReportPrinter(PrintWriter out, OutputFormat format, Instant now) {
  /** Everything about each. */
  void printEach(List<CertificateReport> reports) {
    if (format == OutputFormat.TABLE) {
      reports.forEach(report -> new ReportText(now).details(report).forEach(out::println));
      out.flush();
    } else {
      print(reports);
    }
  }

  /** A line for each, or everything for another program. */
  void print(List<CertificateReport> reports) {
    format.print(
        out,
        () -> new ReportText(now).table(reports, format == OutputFormat.WIDE),
        () -> new ReportTree(now).of(reports));
  }
}
