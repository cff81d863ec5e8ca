package io.github.maintainkubeusers.app;

import static io.github.maintainkubeusers.app.SeededCertificates.CA;
import static io.github.maintainkubeusers.app.SeededCertificates.DAY;
import static io.github.maintainkubeusers.app.SeededCertificates.NOW;
import static io.github.maintainkubeusers.app.SeededCertificates.OTHER;
import static io.github.maintainkubeusers.app.SeededCertificates.PAIR;
import static io.github.maintainkubeusers.app.SeededCertificates.authority;
import static io.github.maintainkubeusers.app.SeededCertificates.base64;
import static io.github.maintainkubeusers.app.SeededCertificates.client;
import static io.github.maintainkubeusers.app.SeededCertificates.examined;
import static io.github.maintainkubeusers.app.SeededCertificates.expected;
import static io.github.maintainkubeusers.app.SeededCertificates.joined;
import static io.github.maintainkubeusers.app.SeededCertificates.kubeconfig;
import static io.github.maintainkubeusers.app.SeededCertificates.parsed;
import static io.github.maintainkubeusers.app.SeededCertificates.pem;
import static io.github.maintainkubeusers.app.SeededCertificates.secret;
import static io.github.maintainkubeusers.app.SeededCertificates.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.TestingAuthority;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What certificates may be like without an alarm, and what is said first when much is wrong. */
class CertificateFaultsTest {
  @Test
  void whatIsWellRaisesNoAlarm() {
    var intermediate = CA.intermediate("CN=between", NOW);
    var old = TestingAuthority.root("CN=again", NOW.minus(DAY.multipliedBy(900)), NOW.minus(DAY));
    var renewed = old.renewed(NOW.minus(DAY), NOW.plus(DAY.multipliedBy(900)));
    List<CertificateReport> reports =
        List.of(
            examined(client(CA), expected(Purpose.CLIENT, CA).withKey(TestingAuthority.pem(PAIR))),
            examined(server(CA, draft -> draft), expected(Purpose.SERVER, CA).of("10.0.0.12")),
            examined(
                server(CA, draft -> draft.names("*.example.org")),
                expected(Purpose.SERVER, CA).of("other.example.org")),
            examined(
                List.of(client(intermediate), parsed(intermediate.certificate())),
                expected(Purpose.CLIENT, CA)),
            examined(
                client(old),
                Expectation.of(
                    Purpose.CLIENT,
                    new Trust.Authorities(
                        "the CAs",
                        CaBundle.parse(joined(old.certificate(), renewed.certificate())),
                        ""),
                    "")),
            authority(CA));

    assertThat(reports).allSatisfy(report -> assertThat(report.findings()).isEmpty());
    assertThat(
            secret(
                Map.of(
                    "tls.crt",
                    pem(CA, draft -> draft),
                    "tls.key",
                    TestingAuthority.pem(PAIR),
                    "ca.crt",
                    CA.certificate())))
        .allMatch(report -> report.state() == CertificateState.WELL)
        .hasSize(2);
    assertThat(kubeconfig("certificate-authority-data: \"" + base64(CA.certificate()) + "\""))
        .allMatch(report -> report.state() == CertificateState.WELL)
        .hasSize(2);
  }

  @Test
  void theCauseComesBeforeWhatItEntails() {
    CertificateReport report =
        examined(
            parsed(pem(OTHER, draft -> draft.until(NOW.plus(DAY)))), expected(Purpose.SERVER, CA));

    assertThat(report.first().map(Finding::problem))
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith("none of the CAs has signed it"));
    assertThat(report.others())
        .extracting(Finding::problem)
        .containsExactly("may not be used for server auth, only for client auth", "ends in 24h");
  }
}
