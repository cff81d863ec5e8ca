package io.github.maintainkubeusers.credential;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A server's certificate, with what leads to its CA, and its private key. */
public record ServerPair(List<X509Certificate> chain, PrivateKey key) {
  /**
   * @throws CredentialException when they cannot be read, or do not belong together
   */
  public static ServerPair parse(byte[] certificatePem, byte[] keyPem) {
    List<X509Certificate> chain =
        ParsedCertificate.parse(certificatePem).stream()
            .map(ParsedCertificate::certificate)
            .toList();
    PrivateKey key =
        PrivateKeys.privateKey(keyPem)
            .orElseThrow(() -> new CredentialException("there is no private key that can be read"));
    if (!PrivateKeys.isKeyTo(chain.getFirst(), keyPem)) {
      throw new CredentialException("the private key does not belong to the certificate");
    }
    return new ServerPair(List.copyOf(chain), key);
  }

  /** Without the key, which no message may show. */
  @Override
  public String toString() {
    return "pair of " + chain.getFirst().getSubjectX500Principal();
  }
}
