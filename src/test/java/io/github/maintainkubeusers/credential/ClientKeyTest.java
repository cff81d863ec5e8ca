package io.github.maintainkubeusers.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientKeyTest {
  private static final Path OPENSSL = Path.of("/usr/bin/openssl");

  @ParameterizedTest
  @EnumSource
  void isWrittenAsPkcs8ThatTheJdkReads(KeyAlgorithm algorithm) throws GeneralSecurityException {
    ClientKey key = generate(algorithm);
    String pem = new String(key.toPem(), US_ASCII);

    assertThat(pem)
        .startsWith("-----BEGIN PRIVATE KEY-----\n")
        .endsWith("\n-----END PRIVATE KEY-----\n");
    assertThat(pem.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(64));
    assertBelongsTogether(read(key, pem), key);
  }

  @ParameterizedTest
  @EnumSource
  void isReadByOpenssl(KeyAlgorithm algorithm, @TempDir Path folder)
      throws IOException, InterruptedException {
    assumeThat(OPENSSL).exists();
    Path file = Files.write(folder.resolve("client.key"), generate(algorithm).toPem());

    var check =
        new ProcessBuilder(OPENSSL.toString(), "pkey", "-in", file.toString(), "-check", "-noout")
            .redirectErrorStream(true)
            .start();
    String output = new String(check.getInputStream().readAllBytes(), US_ASCII);

    assertThat(check.waitFor()).as(output).isZero();
    assertThat(output).containsIgnoringCase("valid");
  }

  @Test
  void hasTheCurveOrLengthThatIsAskedFor() {
    byte[] publicKey = generate(KeyAlgorithm.ECDSA_P256).publicKey().getEncoded();
    assertThat(SubjectPublicKeyInfo.getInstance(publicKey).getAlgorithm().getParameters())
        .isEqualTo(SECObjectIdentifiers.secp256r1);
    assertThat(
            ((RSAPublicKey) generate(KeyAlgorithm.RSA_2048).publicKey()).getModulus().bitLength())
        .isEqualTo(2048);
    assertThat(
            ((RSAPublicKey) generate(KeyAlgorithm.RSA_3072).publicKey()).getModulus().bitLength())
        .isEqualTo(3072);
  }

  @Test
  void isAnotherEachTime() {
    assertThat(generate(KeyAlgorithm.ECDSA_P256).toPem())
        .isNotEqualTo(generate(KeyAlgorithm.ECDSA_P256).toPem());
  }

  @ParameterizedTest
  @EnumSource(names = {"ECDSA_P256", "RSA_2048"})
  void showsNothingOfItself(KeyAlgorithm algorithm) {
    ClientKey key = generate(algorithm);

    assertThat(key)
        .hasToString(
            "a private key (" + (algorithm == KeyAlgorithm.ECDSA_P256 ? "EC" : "RSA") + ")");
    assertThat(List.of(key).toString()).doesNotContain(pieces(key).toArray(String[]::new));
  }

  private static ClientKey generate(KeyAlgorithm algorithm) {
    return ClientKey.generate(algorithm, new SecureRandom());
  }

  private static List<String> pieces(ClientKey key) {
    return new String(key.toPem(), US_ASCII).lines().filter(line -> !line.startsWith("-")).toList();
  }

  private static PrivateKey read(ClientKey key, String pem) throws GeneralSecurityException {
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance(key.publicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static void assertBelongsTogether(PrivateKey read, ClientKey key)
      throws GeneralSecurityException {
    byte[] text = "text".getBytes(US_ASCII);
    Signature signature = Signature.getInstance(key.signatureAlgorithm());
    signature.initSign(read);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(key.publicKey());
    signature.update(text);
    assertThat(signature.verify(signed)).isTrue();
  }
}
