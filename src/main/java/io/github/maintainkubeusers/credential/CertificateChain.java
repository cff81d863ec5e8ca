package io.github.maintainkubeusers.credential;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate, followed by those of the intermediate authorities that lead to a trusted one, as
 * TLS wants them.
 */
final class CertificateChain {
  /** id-kp-clientAuth, RFC 5280 section 4.2.1.12. */
  static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  /** id-kp-serverAuth. */
  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

  static final String ANY_USAGE = "2.5.29.37.0";
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\G\\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]++)-----END CERTIFICATE-----\\s*+");

  /** As many as TLS libraries follow. */
  static final int MOST = 10;

  private final List<X509Certificate> certificates;

  private CertificateChain(List<X509Certificate> certificates) {
    this.certificates = certificates;
  }

  /**
   * Reads certificates as PEM and nothing else, for they go into a file as they are.
   *
   * @throws CredentialException when there is anything else, or none, or too many, or one that did
   *     not sign the one before it
   */
  static CertificateChain parse(byte[] pem) {
    String text = new String(pem, StandardCharsets.ISO_8859_1);
    Matcher block = BLOCK.matcher(text);
    var found = new ArrayList<X509Certificate>();
    int end = 0;
    while (found.size() < MOST && block.find()) {
      X509Certificate certificate = certificate(block.group(1));
      if (!found.isEmpty() && !CaBundle.isSignedBy(found.getLast(), certificate)) {
        throw new CredentialException(
            "could not read the issued certificate: certificate "
                + (found.size() + 1)
                + " of it did not sign the one before");
      }
      found.add(certificate);
      end = block.end();
    }
    if (found.isEmpty() || end < text.length()) {
      throw new CredentialException(
          "could not read the issued certificate: it is not one to "
              + MOST
              + " certificates as PEM");
    }
    return new CertificateChain(List.copyOf(found));
  }

  X509Certificate leaf() {
    return certificates.getFirst();
  }

  /** When the first of them ends: then the API server refuses the leaf. */
  Instant notAfter() {
    return certificates.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /**
   * The authority of the bundle to which the chain leads; empty when it leads to none, or by a way
   * that the API server would not go at that moment.
   */
  Optional<X509Certificate> anchor(CaBundle authorities, Instant at) {
    for (int i = 0; i < certificates.size(); i++) {
      Optional<X509Certificate> anchor = authorities.issuerOf(certificates.get(i));
      if (anchor.isPresent()) {
        List<X509Certificate> path = certificates.subList(0, i + 1);
        return anchor.filter(
            authority ->
                path.size() == 1
                    || (isValid(path, authority, at)
                        && path.stream().skip(1).allMatch(CertificateChain::isForClients)));
      }
    }
    return Optional.empty();
  }

  /** Tells apart authorities above the chain of which the certificate is not at hand. */
  String issuerFingerprint() {
    X509Certificate last = certificates.getLast();
    if (CaBundle.isSignedBy(last, last)) {
      return Fingerprint.of(last);
    }
    var issuer = new ByteArrayOutputStream();
    issuer.writeBytes(last.getIssuerX500Principal().getEncoded());
    issuer.writeBytes(
        Optional.ofNullable(last.getExtensionValue(AUTHORITY_KEY_IDENTIFIER)).orElse(new byte[0]));
    return Fingerprint.of(issuer.toByteArray());
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

  private static boolean isForClients(X509Certificate intermediate) {
    List<String> usages = usages(intermediate);
    return usages.isEmpty() || usages.contains(CLIENT_AUTH) || usages.contains(ANY_USAGE);
  }

  /** What a certificate may be used for; empty when it does not say. */
  static List<String> usages(X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null ? List.of() : usages;
    } catch (CertificateException e) {
      throw new CredentialException(
          "could not read the issued certificate's usages: " + e.getMessage(), e);
    }
  }

  private static X509Certificate certificate(String base64) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)));
    } catch (CertificateException | IllegalArgumentException e) {
      throw new CredentialException("could not read the issued certificate: " + e.getMessage(), e);
    }
  }
}
