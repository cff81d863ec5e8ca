package io.github.maintainkubeusers.credential;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Who signed a certificate. */
final class Signatures {
  private Signatures() {}

  static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
    if (!authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(authority.getPublicKey(), BouncyCastle.PROVIDER);
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /** By RFC 5280, but for what intermediates may be used for. */
  static boolean isValid(List<X509Certificate> path, X509Certificate anchor, Instant at) {
    try {
      var parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      Object _ =
          CertPathValidator.getInstance("PKIX")
              .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
