package io.github.maintainkubeusers.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedCertificateTest {
  private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
  private static final TestingAuthority CA = TestingAuthority.root("CN=ca", NOW);
  private static final KeyPair PAIR = TestingAuthority.ecPair();

  @ParameterizedTest
  @CsvSource({
    "api.example.org,true",
    "API.example.ORG,true",
    "x.apps.example.org,true",
    "apps.example.org,false",
    "a.b.apps.example.org,false",
    "10.0.0.12,true",
    "10.0.0.13,false",
    "2001:db8::1,true",
    "2001:0db8:0:0:0:0:0:1,true",
    "2001:db8::2,false",
    "example.org,false"
  })
  void coversTheNamesThatItIsFor(String host, boolean covered) {
    assertThat(
            parse(
                    draft()
                        .names("api.example.org", "*.apps.example.org", "10.0.0.12", "2001:db8::1")
                        .sign())
                .covers(host))
        .isEqualTo(covered);
  }

  @Test
  void readsDerAndWhatStandsBetweenOthers() throws CertificateEncodingException {
    byte[] pem = draft().sign();
    var mixed = new ByteArrayOutputStream();
    mixed.writeBytes("Bag Attributes\n".getBytes(US_ASCII));
    mixed.writeBytes(TestingAuthority.pem(PAIR));
    mixed.writeBytes(pem);
    mixed.writeBytes(CA.certificate());

    ParsedCertificate certificate = parse(pem);

    assertThat(ParsedCertificate.parse(certificate.certificate().getEncoded()))
        .containsExactly(certificate);
    assertThat(ParsedCertificate.parse(mixed.toByteArray()))
        .containsExactly(certificate, parse(CA.certificate()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rubbish",
        "0rubbish",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\n"
      })
  void refusesWhatHoldsNone(String text) {
    assertThatExceptionOfType(CredentialException.class)
        .isThrownBy(() -> ParsedCertificate.parse(text.getBytes(US_ASCII)));
  }

  @Test
  void readsNoMoreThanSoMany() {
    String one = new String(CA.certificate(), US_ASCII);

    assertThat(ParsedCertificate.parse(one.repeat(ParsedCertificate.MOST).getBytes(US_ASCII)))
        .hasSize(ParsedCertificate.MOST);
    assertThatExceptionOfType(CredentialException.class)
        .isThrownBy(
            () ->
                ParsedCertificate.parse(one.repeat(ParsedCertificate.MOST + 1).getBytes(US_ASCII)))
        .withMessageContaining("more than " + ParsedCertificate.MOST);
  }

  /** Files of openssl have the curve's parameters before the key. */
  @Test
  void findsTheKeyInAFileOfSeveral() {
    String parameters =
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    byte[] key =
        (parameters
                + new String(draft().sign(), US_ASCII)
                + new String(TestingAuthority.pem(PAIR), US_ASCII))
            .getBytes(US_ASCII);

    ParsedCertificate certificate = parse(draft().sign());

    assertThat(certificate.match(key)).isEqualTo(KeyMatch.MATCHES);
    assertThat(certificate.match(TestingAuthority.pem(TestingAuthority.ecPair())))
        .isEqualTo(KeyMatch.OTHER);
    assertThat(certificate.match(draft().sign())).isEqualTo(KeyMatch.NONE);
    assertThat(
            certificate.match(
                """
                -----BEGIN ENCRYPTED PRIVATE KEY-----
                MFcwSQYJKoZIhvcNAQUNMDwwGwYJKoZIhvcNAQUMMA4ECAAAAAAAAAAAAgIIADAdBglghkgBZQMEASoE
                EAAAAAAAAAAAAAAAAAAAAAAECgAAAAAAAAAAAAA=
                -----END ENCRYPTED PRIVATE KEY-----
                """
                    .getBytes(US_ASCII)))
        .isEqualTo(KeyMatch.ENCRYPTED);
  }

  @Test
  void leadsByIntermediatesInAnyOrder() {
    var upper = CA.intermediate("CN=upper", NOW);
    var lower = upper.intermediate("CN=lower", NOW);
    ParsedCertificate leaf =
        parse(lower.certificateOf(PAIR.getPublic()).from(NOW).until(NOW.plusSeconds(60)).sign());
    List<ParsedCertificate> chain =
        List.of(leaf, parse(upper.certificate()), parse(lower.certificate()));

    assertThat(CaBundle.parse(CA.certificate()).pathOf(chain))
        .hasValueSatisfying(
            path -> {
              assertThat(path.certificates())
                  .extracting(ParsedCertificate::subject)
                  .containsExactly("CN=nobody", "CN=lower", "CN=upper");
              assertThat(path.anchor()).isEqualTo(parse(CA.certificate()));
              assertThat(path.isSound(NOW)).isTrue();
            });
    assertThat(CaBundle.parse(CA.certificate()).pathOf(List.of(leaf))).isEmpty();
  }

  private static TestingAuthority.Draft draft() {
    return CA.certificateOf(PAIR.getPublic()).from(NOW).until(NOW.plus(Duration.ofDays(1)));
  }

  private static ParsedCertificate parse(byte[] pem) {
    return ParsedCertificate.parse(pem).getFirst();
  }
}
