package io.github.maintainkubeusers.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.testing.FreePorts;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What can be wrong with certificates, one fault at a time: the first cause is named, and what to
 * do.
 */
class CertificateFaultsTest {
  private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Examiner EXAMINER = new Examiner(NOW, Duration.ofDays(30));
  private static final TestingAuthority CA = TestingAuthority.root("CN=ca", NOW);
  private static final TestingAuthority OTHER = TestingAuthority.root("CN=other", NOW);
  private static final KeyPair PAIR = TestingAuthority.ecPair();

  static Stream<Arguments> certificates() {
    return Stream.of(
        arguments(
            "ended",
            client(CA, draft -> draft.until(NOW.minus(DAY))),
            "ended",
            "ended on 2026-11-26T03:00:00Z",
            "renew it"),
        arguments(
            "ends soon",
            client(CA, draft -> draft.until(NOW.plus(DAY.multipliedBy(5)))),
            "ends",
            "ends in 5d",
            "renew it"),
        arguments(
            "not yet valid",
            client(CA, draft -> draft.from(NOW.plus(DAY))),
            "broken",
            "is not valid before 2026-11-28T03:00:00Z",
            "clocks"),
        arguments(
            "key of another",
            examined(
                client(CA),
                expected(Purpose.CLIENT, CA)
                    .withKey(TestingAuthority.pem(TestingAuthority.ecPair()))),
            "broken",
            "the key to another certificate",
            "issue both anew"),
        arguments(
            "key of another kind",
            examined(
                client(CA),
                expected(Purpose.CLIENT, CA)
                    .withKey(TestingAuthority.pem(TestingAuthority.rsaPair(2048)))),
            "broken",
            "the key to another certificate",
            "issue both anew"),
        arguments(
            "no key where it should be",
            examined(client(CA), expected(Purpose.CLIENT, CA).withKey(new byte[0])),
            "broken",
            "holds none",
            "put the key there"),
        arguments(
            "names lack the address",
            examined(server(CA, draft -> draft), expected(Purpose.SERVER, CA).of("10.0.0.13")),
            "broken",
            "is not for 10.0.0.13, only for api.example.org, 10.0.0.12",
            "issue it anew with 10.0.0.13"),
        arguments(
            "no client auth",
            examined(server(CA, draft -> draft), expected(Purpose.CLIENT, CA)),
            "broken",
            "may not be used for client auth, only for server auth",
            "with the usage client auth"),
        arguments(
            "no server auth",
            examined(client(CA), expected(Purpose.SERVER, CA)),
            "broken",
            "may not be used for server auth, only for client auth",
            "with the usage server auth"),
        arguments(
            "RSA below 2048",
            examined(
                List.of(
                    ParsedCertificate.parse(
                            CA.certificateOf(TestingAuthority.rsaPair(1024).getPublic())
                                .from(NOW.minus(DAY))
                                .until(NOW.plus(DAY.multipliedBy(365)))
                                .sign())
                        .getFirst()),
                expected(Purpose.CLIENT, CA)),
            "broken",
            "1024 bits, fewer than 2048",
            "ECDSA"),
        arguments(
            "SHA-1",
            client(CA, draft -> draft.digest("SHA1")),
            "broken",
            "signed with SHA1withECDSA",
            "SHA-256"),
        arguments(
            "a right missing",
            examined(
                client(CA),
                Expectation.of(
                    Purpose.CLIENT,
                    new ClusterTrust(
                            () -> {
                              throw new ClusterException(
                                  ClusterException.Reason.FORBIDDEN,
                                  "could not list configmaps: cannot list resource \"configmaps\"");
                            })
                        .of(Purpose.CLIENT),
                    "renew it")),
            "unknown",
            "cannot list resource \"configmaps\"",
            "--offline"));
  }

  static Stream<Arguments> authorities() {
    var ended = TestingAuthority.root("CN=ended", NOW.minus(DAY.multipliedBy(900)), NOW.minus(DAY));
    var ending =
        TestingAuthority.root(
            "CN=ending", NOW.minus(DAY.multipliedBy(900)), NOW.plus(DAY.multipliedBy(5)));
    var future = TestingAuthority.root("CN=future", NOW.plus(DAY), NOW.plus(DAY.multipliedBy(900)));
    return Stream.of(
        arguments(
            "other CA",
            examined(client(OTHER), expected(Purpose.CLIENT, CA)),
            "broken",
            "none of the CAs has signed it; its issuer is CN=other",
            "sign it"),
        arguments(
            "CA ended",
            client(ended, draft -> draft),
            "ended",
            "its CA CN=ended ended on 2026-11-26T03:00:00Z",
            "renew that CA"),
        arguments(
            "CA not yet valid",
            client(future, draft -> draft),
            "broken",
            "its CA CN=future is not valid before 2026-11-28T03:00:00Z",
            "clocks"),
        arguments(
            "CA ends before the certificate",
            client(ending, draft -> draft),
            "ends",
            "ends in 5d with its CA, though it would be valid until 2027-11-27T03:00:00Z",
            "renew the CA"),
        arguments(
            "bundle without the server's CA",
            examined(server(CA, draft -> draft), expected(Purpose.SERVER, OTHER)),
            "broken",
            "none of the CAs has signed it; its issuer is CN=ca",
            "sign it"),
        arguments(
            "bundle with an ended CA",
            authority(ended),
            "ended",
            "ended on 2026-11-26T03:00:00Z",
            "renew it"),
        arguments(
            "no CA in the place of one",
            authority(client(CA)),
            "broken",
            "is not the certificate of a CA",
            "put the CA's certificate there"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"certificates", "authorities"})
  void ofCertificates(
      String fault, CertificateReport report, String state, String problem, String remedy) {
    assertFound(report, state, problem, remedy);
  }

  static Stream<Arguments> secretsAndKubeconfigs() {
    byte[] certificate = pem(CA, draft -> draft);
    byte[] key = TestingAuthority.pem(PAIR);
    return Stream.of(
        arguments(
            "a Secret without a key",
            secret(Map.of("cert.pem", certificate)),
            "broken",
            "written by half: a certificate, and no private key",
            "in one call"),
        arguments(
            "a Secret without a certificate",
            secret(Map.of("key.pem", key)),
            "broken",
            "written by half: a private key, and no certificate",
            "in one call"),
        arguments(
            "an emptied Secret",
            secret(Map.of()),
            "broken",
            "neither a certificate nor a private key",
            "in one call"),
        arguments(
            "a Secret that was edited",
            secret(
                Map.of(
                    "cert.pem",
                    certificate,
                    "key.pem",
                    TestingAuthority.pem(TestingAuthority.ecPair()))),
            "broken",
            "the key to another certificate",
            "issue both anew"),
        arguments(
            "a damaged certificate",
            secret(
                Map.of(
                    "tls.crt",
                    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                        .getBytes(US_ASCII),
                    "tls.key",
                    key)),
            "broken",
            "a certificate in it is damaged",
            "as PEM"),
        arguments(
            "a kubeconfig that does not verify",
            kubeconfig("insecure-skip-tls-verify: true"),
            "broken",
            "insecure-skip-tls-verify",
            "certificate-authority-data"),
        arguments(
            "a kubeconfig whose CA is garbage",
            kubeconfig(
                "certificate-authority-data: \"" + base64("rubbish".getBytes(US_ASCII)) + "\""),
            "broken",
            "certificate-authority is not usable",
            "mend"),
        arguments(
            "a kubeconfig whose CA is missing",
            kubeconfig("certificate-authority: /nowhere/ca.crt"),
            "broken",
            "could not read /nowhere/ca.crt",
            "mend"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("secretsAndKubeconfigs")
  void ofSecretsAndKubeconfigs(
      String fault, List<CertificateReport> reports, String state, String problem, String remedy) {
    assertThat(reports)
        .filteredOn(report -> report.state() != CertificateState.WELL)
        .singleElement()
        .satisfies(report -> assertFound(report, state, problem, remedy));
  }

  @Test
  void aServerThatCannotBeReachedIsUnknown() {
    var nowhere = new InspectTarget.Server("127.0.0.1", FreePorts.next());

    List<CertificateReport> reports =
        servers().inspect(CertificateKind.SERVER, nowhere, expected(Purpose.SERVER, CA));

    assertThat(reports)
        .singleElement()
        .satisfies(
            report ->
                assertFound(
                    report, "unknown", "could not look at " + nowhere, "see that the server runs"));
  }

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

  private static void assertFound(
      CertificateReport report, String state, String problem, String remedy) {
    assertThat(report.state().label()).as(report.toString()).isEqualTo(state);
    assertThat(report.first().orElseThrow().problem()).contains(problem);
    assertThat(report.first().orElseThrow().remedy()).contains(remedy);
  }

  private static Expectation expected(Purpose purpose, TestingAuthority trusted) {
    return Expectation.of(
        purpose,
        new Trust.Authorities(
            "the CAs", CaBundle.parse(trusted.certificate()), "let one of them sign it"),
        "renew it");
  }

  private static CertificateReport client(
      TestingAuthority authority, UnaryOperator<TestingAuthority.Draft> change) {
    return examined(parsed(pem(authority, change)), expected(Purpose.CLIENT, authority));
  }

  private static ParsedCertificate client(TestingAuthority authority) {
    return parsed(pem(authority, draft -> draft));
  }

  private static ParsedCertificate server(
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

  private static CertificateReport authority(TestingAuthority authority) {
    return authority(parsed(authority.certificate()));
  }

  private static CertificateReport authority(ParsedCertificate certificate) {
    return examined(
        certificate, Expectation.of(Purpose.AUTHORITY, new Trust.NotCompared(), "renew it"));
  }

  private static CertificateReport examined(ParsedCertificate certificate, Expectation expected) {
    return examined(List.of(certificate), expected);
  }

  private static CertificateReport examined(List<ParsedCertificate> chain, Expectation expected) {
    return EXAMINER.examine(CertificateKind.FILE, "x", "x", Evidence.STORED, chain, expected);
  }

  private static byte[] pem(
      TestingAuthority authority, UnaryOperator<TestingAuthority.Draft> change) {
    return change
        .apply(
            authority
                .certificateOf(PAIR.getPublic())
                .subject(new X500Name("O=toolforge,CN=wikibot"))
                .from(NOW.minus(DAY))
                .until(NOW.plus(DAY.multipliedBy(365))))
        .sign();
  }

  private static ParsedCertificate parsed(byte[] pem) {
    return ParsedCertificate.parse(pem).getFirst();
  }

  private static List<CertificateReport> secret(Map<String, byte[]> data) {
    return new SecretInspection(new FileInspection(EXAMINER, Optional.empty()))
        .inspect("metrics/api", data);
  }

  private static List<CertificateReport> kubeconfig(String cluster) {
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

  private static ServerInspection servers() {
    return new ServerInspection(EXAMINER, new Handshake(Duration.ofSeconds(5)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return (new String(one, US_ASCII) + new String(other, US_ASCII)).getBytes(US_ASCII);
  }
}
