package io.github.maintainkubeusers.credential;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The certificates of the authorities that a cluster trusts. */
public final class CaBundle implements ClientTrust {
  /** As many certificates as TLS libraries follow. */
  static final int LONGEST_PATH = 10;

  private final byte[] pem;
  private final List<X509Certificate> authorities;

  private CaBundle(byte[] pem, List<X509Certificate> authorities) {
    this.pem = pem;
    this.authorities = authorities;
  }

  /**
   * @throws CredentialException when there is no certificate in the text, or one that cannot be
   *     read
   */
  public static CaBundle parse(byte[] pem) {
    try {
      List<X509Certificate> authorities =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (authorities.isEmpty()) {
        throw new CredentialException(
            "could not read the CA bundle: there is no certificate in it");
      }
      return new CaBundle(pem.clone(), authorities);
    } catch (CertificateException e) {
      throw new CredentialException("could not read the CA bundle: " + e.getMessage(), e);
    }
  }

  /** Of certificates that are at hand. */
  public static CaBundle of(List<ParsedCertificate> certificates) {
    var pem = new ByteArrayOutputStream();
    certificates.forEach(certificate -> pem.writeBytes(certificate.toPem()));
    return new CaBundle(
        pem.toByteArray(), certificates.stream().map(ParsedCertificate::certificate).toList());
  }

  public byte[] toPem() {
    return pem.clone();
  }

  /** SHA-256 of each authority's DER, hexadecimal. */
  public Set<String> fingerprints() {
    return authorities.stream().map(Fingerprint::of).collect(toUnmodifiableSet());
  }

  /** When the authorities end, by fingerprint. */
  public Map<String, Instant> ends() {
    return authorities.stream()
        .collect(
            toUnmodifiableMap(
                Fingerprint::of,
                authority -> authority.getNotAfter().toInstant(),
                (one, _) -> one));
  }

  /** The authority whose key signed this certificate. */
  Optional<X509Certificate> issuerOf(X509Certificate certificate) {
    return authorities.stream()
        .filter(authority -> Signatures.isSignedBy(certificate, authority))
        .findFirst();
  }

  public List<ParsedCertificate> certificates() {
    return authorities.stream().map(ParsedCertificate::of).toList();
  }

  /**
   * How the first of these certificates leads to an authority of the bundle; empty when it leads to
   * none. Dates and usages are not looked at.
   *
   * @param chain a certificate, and others that came with it in any order
   */
  public Optional<TrustPath> pathOf(List<ParsedCertificate> chain) {
    var path = new ArrayList<>(chain.subList(0, 1));
    while (true) {
      ParsedCertificate last = path.getLast();
      // Of a CA that was renewed with the same key, the certificate that lasts longest counts.
      Optional<TrustPath> found =
          certificates().stream()
              .filter(last::isSignedBy)
              .max(Comparator.comparing(ParsedCertificate::notAfter))
              .map(anchor -> new TrustPath(path, anchor));
      Optional<ParsedCertificate> next =
          chain.stream()
              .filter(other -> !path.contains(other))
              .filter(last::isSignedBy)
              .findFirst();
      if (found.isPresent() || next.isEmpty() || path.size() == LONGEST_PATH) {
        return found;
      }
      path.add(next.get());
    }
  }
}
