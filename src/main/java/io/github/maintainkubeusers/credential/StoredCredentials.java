package io.github.maintainkubeusers.credential;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Key and certificate as somebody's files hold them: whatever they hold, they may be anything. */
public final class StoredCredentials {
  private StoredCredentials() {}

  /**
   * True when the certificate is the recorded one and the key is the key to it.
   *
   * @param fingerprint SHA-256 of the certificate's DER, hexadecimal
   */
  public static boolean fit(byte[] certificatePem, byte[] keyPem, String fingerprint) {
    try {
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificatePem));
      return Fingerprint.of(certificate).equals(fingerprint)
          && PrivateKeys.isKeyTo(certificate, keyPem);
    } catch (GeneralSecurityException | RuntimeException _) {
      return false;
    }
  }

  /**
   * The organizations of a certificate that one of these authorities signed for this common name;
   * empty for any other file.
   */
  public static List<String> organizations(
      byte[] certificatePem, String commonName, CaBundle authorities) {
    try {
      CertificateChain chain = CertificateChain.parse(certificatePem);
      X509Certificate certificate = chain.leaf();
      return chain.anchor(authorities, certificate.getNotBefore().toInstant()).isPresent()
          ? SubjectName.read(certificate.getSubjectX500Principal())
              .filter(subject -> subject.commonName().equals(commonName))
              .map(SubjectName::organizations)
              .orElse(List.of())
          : List.of();
    } catch (RuntimeException _) {
      return List.of();
    }
  }
}
