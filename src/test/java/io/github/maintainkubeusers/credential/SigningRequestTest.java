package io.github.maintainkubeusers.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningRequestTest {
  private static final ClientKey KEY =
      ClientKey.generate(KeyAlgorithm.ECDSA_P256, new SecureRandom());

  private record Attribute(ASN1ObjectIdentifier type, String value) {}

  @ParameterizedTest
  @EnumSource
  void isSignedByTheKeyItIsFor(KeyAlgorithm algorithm)
      throws IOException, OperatorCreationException, PKCSException {
    ClientKey key = ClientKey.generate(algorithm, new SecureRandom());

    var request = parse(SigningRequest.create(key, new SubjectName("a", List.of("toolforge"))));

    assertThat(
            request.isSignatureValid(
                new JcaContentVerifierProviderBuilder().build(key.publicKey())))
        .isTrue();
    assertThat(request.getSubjectPublicKeyInfo().getEncoded())
        .isEqualTo(key.publicKey().getEncoded());
  }

  @Test
  void namesTheUserAndEachOfItsGroups() throws IOException {
    assertThat(attributes(new SubjectName("fourohfour", List.of("toolforge", "tool:fourohfour:7"))))
        .containsExactly(
            new Attribute(BCStyle.O, "toolforge"),
            new Attribute(BCStyle.O, "tool:fourohfour:7"),
            new Attribute(BCStyle.CN, "fourohfour"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a, O=system:masters",
        "a+CN=b",
        "a+O=system:masters",
        "CN=a",
        "a\\,O=b",
        "\"a\"",
        "#0c0161",
        " a ",
        "a;O=b",
        "a\nO=b",
        "größe",
        "<a>",
        "a=b"
      })
  void keepsANameWithSyntaxInItOneAttribute(String name) throws IOException {
    assertThat(attributes(new SubjectName(name, List.of(name, "toolforge"))))
        .containsExactly(
            new Attribute(BCStyle.O, name),
            new Attribute(BCStyle.O, "toolforge"),
            new Attribute(BCStyle.CN, name));
  }

  @Test
  void isReadByOpenssl(@TempDir Path folder) throws IOException, InterruptedException {
    Path openssl = Path.of("/usr/bin/openssl");
    assumeThat(openssl).exists();
    Path file =
        Files.write(
            folder.resolve("request.pem"),
            SigningRequest.create(KEY, new SubjectName("a", List.of("toolforge", "tool:a:7"))));

    var check =
        new ProcessBuilder(
                openssl.toString(),
                "req",
                "-in",
                file.toString(),
                "-verify",
                "-noout",
                "-subject",
                "-nameopt",
                "RFC2253")
            .redirectErrorStream(true)
            .start();
    String output = new String(check.getInputStream().readAllBytes(), US_ASCII);

    assertThat(check.waitFor()).as(output).isZero();
    assertThat(output).contains("CN=a,O=tool:a:7,O=toolforge");
  }

  @Test
  void hasNothingOfThePrivateKeyInIt() throws IOException {
    var request = parse(SigningRequest.create(KEY, new SubjectName("a", List.of("toolforge"))));
    String secret = ((ECPrivateKey) KEY.pair().getPrivate()).getS().toString(16);

    assertThat(secret).hasSizeGreaterThan(50);
    assertThat(HexFormat.of().formatHex(request.getEncoded()))
        .doesNotContain(secret.substring(0, 20));
  }

  private static List<Attribute> attributes(SubjectName subject) throws IOException {
    var attributes = new ArrayList<Attribute>();
    for (var rdn : parse(SigningRequest.create(KEY, subject)).getSubject().getRDNs()) {
      assertThat(rdn.isMultiValued()).isFalse();
      attributes.add(
          new Attribute(
              rdn.getFirst().getType(), ((ASN1String) rdn.getFirst().getValue()).getString()));
    }
    return attributes;
  }

  private static PKCS10CertificationRequest parse(byte[] pem) throws IOException {
    String text = new String(pem, US_ASCII);
    assertThat(text)
        .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n")
        .endsWith("\n-----END CERTIFICATE REQUEST-----\n");
    return new PKCS10CertificationRequest(
        Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", "")));
  }
}
