package io.github.maintainkubeusers.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.credential.TestingAuthority;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Certificates of clients, servers and CAs as tests need them, and what is found about them. */
final class SeededCertificates {
  static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
  static final Duration DAY = Duration.ofDays(1);
  static final Examiner EXAMINER = new Examiner(NOW, Duration.ofDays(30));
  static final TestingAuthority CA = TestingAuthority.root("CN=ca", NOW);
  static final TestingAuthority OTHER = TestingAuthority.root("CN=other", NOW);
  static final KeyPair PAIR = TestingAuthority.ecPair();

  private SeededCertificates() {}

  static Expectation expected(Purpose purpose, TestingAuthority trusted) {
    return Expectation.of(
        purpose,
        new Trust.Authorities(
            "the CAs", CaBundle.parse(trusted.certificate()), "let one of them sign it"),
        "renew it");
  }

  static CertificateReport client(
      TestingAuthority authority, UnaryOperator<TestingAuthority.Draft> change) {
    return examined(parsed(pem(authority, change)), expected(Purpose.CLIENT, authority));
  }

  static ParsedCertificate client(TestingAuthority authority) {
    return parsed(pem(authority, draft -> draft));
  }

  static ParsedCertificate server(
      TestingAuthority authority, UnaryOperator<TestingAuthority.Draft> change) {
    return parsed(
        pem(
            authority,
            draft ->
                change.apply(
                    draft
                        .purposes(KeyPurposeId.id_kp_serverAuth)
                        .names("api.example.org", "10.0.0.12"))));
  }

  static CertificateReport authority(TestingAuthority authority) {
    return authority(parsed(authority.certificate()));
  }

  static CertificateReport authority(ParsedCertificate certificate) {
    return examined(
        certificate, Expectation.of(Purpose.AUTHORITY, new Trust.NotCompared(), "renew it"));
  }

  static CertificateReport examined(ParsedCertificate certificate, Expectation expected) {
    return examined(List.of(certificate), expected);
  }

  static CertificateReport examined(List<ParsedCertificate> chain, Expectation expected) {
    return EXAMINER.examine(CertificateKind.FILE, "x", "x", Evidence.STORED, chain, expected);
  }

  static byte[] pem(TestingAuthority authority, UnaryOperator<TestingAuthority.Draft> change) {
    return change
        .apply(
            authority
                .certificateOf(PAIR.getPublic())
                .subject(new X500Name("O=toolforge,CN=wikibot"))
                .from(NOW.minus(DAY))
                .until(NOW.plus(DAY.multipliedBy(365))))
        .sign();
  }

  static ParsedCertificate parsed(byte[] pem) {
    return ParsedCertificate.parse(pem).getFirst();
  }

  static List<CertificateReport> secret(Map<String, byte[]> data) {
    return new SecretInspection(new FileInspection(EXAMINER, Optional.empty()))
        .inspect("metrics/api", data);
  }

  static List<CertificateReport> kubeconfig(String cluster) {
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: c
          cluster: {server: "https://10.0.0.12:6443", %s}
        contexts:
        - name: x
          context: {cluster: c, user: u}
        users:
        - name: u
          user: {client-certificate-data: "%s", client-key-data: "%s"}
        current-context: x
        """
            .formatted(
                cluster, base64(pem(CA, draft -> draft)), base64(TestingAuthority.pem(PAIR)));
    return new KubeconfigInspection(new FileInspection(EXAMINER, Optional.empty()), servers())
        .inspect("config", text.getBytes(US_ASCII), Optional.empty());
  }

  static ServerInspection servers() {
    return new ServerInspection(EXAMINER, new Handshake(Duration.ofSeconds(5)));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] joined(byte[] one, byte[] other) {
    return (new String(one, US_ASCII) + new String(other, US_ASCII)).getBytes(US_ASCII);
  }
}
