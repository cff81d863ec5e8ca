package io.github.maintainkubeusers.credential;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** What certificates may be used for, by RFC 5280 section 4.2.1.12. */
final class ExtendedUsages {
  /** id-kp-clientAuth, RFC 5280 section 4.2.1.12. */
  static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  /** id-kp-serverAuth. */
  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

  static final String ANY = "2.5.29.37.0";

  private ExtendedUsages() {}

  /** What a certificate may be used for; empty when it does not say. */
  static List<String> of(X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null ? List.of() : usages;
    } catch (CertificateParsingException e) {
      throw new CredentialException(
          "could not read the issued certificate's usages: " + e.getMessage(), e);
    }
  }
}
