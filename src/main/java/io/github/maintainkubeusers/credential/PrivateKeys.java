package io.github.maintainkubeusers.credential;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Private keys as PEM, and whether they fit certificates. */
final class PrivateKeys {
  private static final byte[] PROBE = "maintain-kubeusers".getBytes(StandardCharsets.US_ASCII);

  private PrivateKeys() {}

  /** True when this is the private key to the certificate, as PEM. */
  static boolean isKeyTo(X509Certificate certificate, byte[] keyPem) {
    return match(certificate, keyPem) == KeyMatch.MATCHES;
  }

  /** The first private key that is not encrypted. */
  static Optional<PrivateKey> privateKey(byte[] keyPem) {
    try {
      return switch (keyIn(keyPem)) {
        case PEMKeyPair pair -> Optional.of(new JcaPEMKeyConverter().getKeyPair(pair).getPrivate());
        case PrivateKeyInfo info -> Optional.of(new JcaPEMKeyConverter().getPrivateKey(info));
        case null, default -> Optional.empty();
      };
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  static KeyMatch match(X509Certificate certificate, byte[] keyPem) {
    try {
      return switch (keyIn(keyPem)) {
        case PEMKeyPair pair ->
            match(certificate, new JcaPEMKeyConverter().getKeyPair(pair).getPrivate());
        case PrivateKeyInfo info ->
            match(certificate, new JcaPEMKeyConverter().getPrivateKey(info));
        case null -> KeyMatch.NONE;
        default -> KeyMatch.ENCRYPTED;
      };
    } catch (IOException | RuntimeException _) {
      return KeyMatch.NONE;
    }
  }

  private static KeyMatch match(X509Certificate certificate, PrivateKey key) {
    try {
      return isPair(certificate, key) ? KeyMatch.MATCHES : KeyMatch.OTHER;
    } catch (GeneralSecurityException | RuntimeException _) {
      return KeyMatch.OTHER;
    }
  }

  private static boolean isPair(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    if (key instanceof ECPrivateKey elliptic
        && certificate.getPublicKey() instanceof ECPublicKey publicKey) {
      Optional<EllipticCurve> curve = EllipticCurve.of(elliptic);
      if (curve.isPresent()) {
        return curve.get().isPair(elliptic, publicKey);
      }
    }
    return signs(certificate, key);
  }

  private static boolean signs(X509Certificate certificate, PrivateKey key)
      throws GeneralSecurityException {
    String family = certificate.getPublicKey().getAlgorithm();
    Signature signature =
        Signature.getInstance(
            switch (family) {
              case "EC" -> "SHA256withECDSA";
              case "EdDSA" -> family;
              default -> "SHA256with" + family;
            },
            BouncyCastle.PROVIDER);
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(certificate);
    signature.update(PROBE);
    return signature.verify(signed);
  }

  /**
   * The first private key, in PKCS#8 as we write it or in the older forms of each algorithm; null
   * when there is none. What stands before it is passed over, as Go does.
   */
  private static Object keyIn(byte[] pem) throws IOException {
    try (var parser = new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
      Object object = parser.readObject();
      while (object != null && !isKey(object)) {
        object = parser.readObject();
      }
      return object;
    }
  }

  private static boolean isKey(Object object) {
    return object instanceof PEMKeyPair
        || object instanceof PrivateKeyInfo
        || object instanceof PEMEncryptedKeyPair
        || object instanceof PKCS8EncryptedPrivateKeyInfo;
  }
}
