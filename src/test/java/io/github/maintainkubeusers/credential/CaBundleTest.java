package io.github.maintainkubeusers.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaBundleTest {
  @Test
  void tellsWhenEachAuthorityEnds() {
    var one = TestingAuthority.root("CN=one", Instant.EPOCH);
    assertThat(CaBundle.parse(one.certificate()).ends().values())
        .singleElement()
        .satisfies(end -> assertThat(end).isAfter(Instant.EPOCH));
    assertThat(CaBundle.parse(one.certificate()).ends().keySet())
        .allMatch(key -> key.matches("[0-9a-f]{64}"));
  }

  @Test
  void givesBackTheBytesItWasReadFrom() {
    byte[] pem =
        TestingAuthority.root("CN=kubernetes", Instant.parse("2026-11-22T03:50:14Z")).certificate();

    CaBundle bundle = CaBundle.parse(pem);
    bundle.toPem()[0] = 'x';

    assertThat(bundle.toPem()).isEqualTo(pem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "rubbish", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
  void refusesWhatHasNoCertificateInIt(String text) {
    assertThatExceptionOfType(CredentialException.class)
        .isThrownBy(() -> CaBundle.parse(text.getBytes(US_ASCII)))
        .withMessageStartingWith("could not read the CA bundle: ");
  }
}
