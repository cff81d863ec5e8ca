package io.github.maintainkubeusers.credential;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate, followed by those of the intermediate authorities that lead to a trusted one, as
 * TLS wants them.
 */
final class CertificateChain {
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\G\\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]++)-----END CERTIFICATE-----\\s*+");

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
    while (found.size() < CaBundle.LONGEST_PATH && block.find()) {
      X509Certificate certificate = certificate(block.group(1));
      if (!found.isEmpty() && !Signatures.isSignedBy(found.getLast(), certificate)) {
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
              + CaBundle.LONGEST_PATH
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
                    || (Signatures.isValid(path, authority, at)
                        && path.stream().skip(1).allMatch(CertificateChain::isForClients)));
      }
    }
    return Optional.empty();
  }

  /** Tells apart authorities above the chain of which the certificate is not at hand. */
  String issuerFingerprint() {
    X509Certificate last = certificates.getLast();
    if (Signatures.isSignedBy(last, last)) {
      return Fingerprint.of(last);
    }
    var issuer = new ByteArrayOutputStream();
    issuer.writeBytes(last.getIssuerX500Principal().getEncoded());
    issuer.writeBytes(
        Optional.ofNullable(last.getExtensionValue(AUTHORITY_KEY_IDENTIFIER)).orElse(new byte[0]));
    return Fingerprint.of(issuer.toByteArray());
  }

  private static boolean isForClients(X509Certificate intermediate) {
    List<String> usages = ExtendedUsages.of(intermediate);
    return usages.isEmpty()
        || usages.contains(ExtendedUsages.CLIENT_AUTH)
        || usages.contains(ExtendedUsages.ANY);
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
