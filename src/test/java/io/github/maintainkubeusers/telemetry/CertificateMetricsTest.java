package io.github.maintainkubeusers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.testing.CapturedLog;
import io.github.maintainkubeusers.testing.CertificateReports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is shown of the certificates that the cluster depends on. */
class CertificateMetricsTest {
  private static final Instant END = Instant.ofEpochSecond(1_800_000_000);
  private static final String ENDS = "maintain_kubeusers_certificate_end_timestamp_seconds";
  private static final String BROKEN = "maintain_kubeusers_certificates_broken";
  private static final int MOST = 500;

  private final TestingTelemetry t = new TestingTelemetry();

  @BeforeEach
  void lead() {
    t.leads.set(true);
  }

  @AfterEach
  void end() {
    t.close();
  }

  @Test
  void areTheEndOfEachAndTheNumberOfBrokenOnesOfEachKind() {
    show(
        CertificateKind.WEBHOOK,
        CertificateReports.well(CertificateKind.WEBHOOK, "even.example.org", END),
        CertificateReports.broken(CertificateKind.WEBHOOK, "odd.example.org", "does not fit"),
        CertificateReports.ended(CertificateKind.WEBHOOK, "old.example.org", END),
        CertificateReports.ending(CertificateKind.WEBHOOK, "soon.example.org", END));

    assertThat(t.scrape())
        .contains(
            ENDS + "{kind=\"webhook\",name=\"even.example.org\"} 1.8E9\n",
            ENDS + "{kind=\"webhook\",name=\"old.example.org\"} 1.8E9\n",
            BROKEN + "{kind=\"webhook\"} 2.0\n")
        .doesNotContain("name=\"odd.example.org\"");
  }

  @Test
  void goWithWhatIsNoLongerSeenAndWithTheLead() {
    show(
        CertificateKind.LDAP,
        CertificateReports.broken(CertificateKind.LDAP, "ldaps://one", "does not fit"),
        CertificateReports.well(CertificateKind.LDAP, "ldaps://two", END));
    assertThat(t.scrape()).contains(BROKEN + "{kind=\"ldap\"} 1.0\n", "name=\"ldaps://two\"");

    show(CertificateKind.LDAP);
    assertThat(t.scrape()).contains(BROKEN + "{kind=\"ldap\"} 0.0\n").doesNotContain(ENDS + "{");

    show(CertificateKind.LDAP, CertificateReports.well(CertificateKind.LDAP, "ldaps://two", END));
    t.leads.set(false);
    assertThat(t.scrape()).doesNotContain(ENDS + "{", BROKEN + "{");
  }

  @Test
  void takeNothingForWellThatIsUnknown() {
    show(
        CertificateKind.KUBELET,
        CertificateReport.without(
            CertificateKind.KUBELET, "node", "cluster", Finding.unknown("no answer", "look")));

    assertThat(t.scrape()).doesNotContain("kind=\"kubelet\"");
  }

  @Test
  void showOfSeveralByOneNameTheOneThatEndsFirst() {
    show(
        CertificateKind.SERVER_CA,
        CertificateReports.well(
            CertificateKind.SERVER_CA, "kubernetes", END.plus(Duration.ofDays(1))),
        CertificateReports.well(CertificateKind.SERVER_CA, "kubernetes", END));

    assertThat(t.scrape())
        .containsOnlyOnce("name=\"kubernetes\"")
        .contains(ENDS + "{kind=\"server-ca\",name=\"kubernetes\"} 1.8E9\n");
  }

  @Test
  void keepTheNameOfAServiceWhoseCertificateIsRotated() {
    show(
        CertificateKind.SERVICE,
        CertificateReports.well(CertificateKind.SERVICE, "prometheus (gen. 3)", END));

    assertThat(t.scrape()).contains("{kind=\"service\",name=\"prometheus\"} ");
  }

  @Test
  void haveNoSeriesForTenants() {
    show(CertificateKind.TENANTS, CertificateReports.ended(CertificateKind.TENANTS, "3 of 4", END));

    assertThat(t.scrape()).contains(BROKEN + "{kind=\"tenants\"} 1.0\n").doesNotContain(ENDS + "{");
  }

  @Test
  void boundAndCleanNamesThatComeFromTheCluster() {
    show(
        CertificateKind.CLIENT_CA,
        CertificateReports.well(CertificateKind.CLIENT_CA, "O=\n\u202e" + "x".repeat(5000), END));

    assertThat(t.scrape()).contains("name=\"O=??" + "x".repeat(124) + "...\"}");
  }

  @Test
  void areBoundedInNumberToThoseThatEndFirstWhichIsLoggedOnce() {
    CertificateReport[] many =
        IntStream.rangeClosed(0, MOST)
            .mapToObj(
                i ->
                    CertificateReports.well(
                        CertificateKind.KUBELET, "node-" + i, END.minus(Duration.ofDays(i))))
            .toArray(CertificateReport[]::new);
    try (var log = new CapturedLog()) {
      show(CertificateKind.KUBELET, many);
      show(CertificateKind.KUBELET, many);

      assertThat(t.scrape().lines().filter(line -> line.startsWith(ENDS + "{"))).hasSize(MOST);
      assertThat(t.scrape()).contains("name=\"node-500\"").doesNotContain("name=\"node-0\"");
      assertThat(log.messages(Level.WARN))
          .singleElement()
          .asString()
          .contains("There are 501 certificates", "the 500 that end first");
    }
  }

  private void show(CertificateKind kind, CertificateReport... reports) {
    t.telemetry.showCertificates(Map.of(kind, List.of(reports)));
  }
}
