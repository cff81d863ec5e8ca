package io.github.maintainkubeusers.credential;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate as it was found somewhere. What it says is not checked. */
public final class ParsedCertificate {
  /** As many as are read of one file. */
  public static final int MOST = 200;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([A-Za-z0-9+/=\\s]*+)");

  /** As Kubernetes names them in signing requests. */
  private static final Map<String, String> USAGES =
      Map.of(
          ExtendedUsages.SERVER_AUTH,
          "server auth",
          ExtendedUsages.CLIENT_AUTH,
          "client auth",
          ExtendedUsages.ANY,
          "any");

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int LEAST_RSA = 2048;
  private static final Pattern WEAK_DIGEST = Pattern.compile("(?i)(SHA-?1|MD[25])with.*");

  private final X509Certificate certificate;

  private ParsedCertificate(X509Certificate certificate) {
    this.certificate = requireNonNull(certificate, "certificate is null");
  }

  public static ParsedCertificate of(X509Certificate certificate) {
    return new ParsedCertificate(certificate);
  }

  /**
   * Every certificate of a file, in order: PEM with whatever stands between the blocks, or one as
   * DER.
   *
   * @throws CredentialException when there is none, or too many, or one that cannot be read
   */
  public static List<ParsedCertificate> parse(byte[] bytes) {
    Matcher block = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    var found = new ArrayList<ParsedCertificate>();
    while (block.find()) {
      if (found.size() == MOST) {
        throw new CredentialException("there are more than " + MOST + " certificates in it");
      }
      found.add(read(decoded(block.group(1))));
    }
    if (found.isEmpty() && (bytes.length == 0 || bytes[0] != 0x30)) {
      throw new CredentialException("there is no certificate in it");
    }
    return found.isEmpty() ? List.of(read(bytes)) : List.copyOf(found);
  }

  /** By RFC 2253. */
  public String subject() {
    return certificate.getSubjectX500Principal().getName();
  }

  public String issuer() {
    return certificate.getIssuerX500Principal().getName();
  }

  /**
   * Whom the API server takes it for; empty when it has other attributes than those that Kubernetes
   * gives.
   */
  public Optional<SubjectName> subjectName() {
    return SubjectName.read(certificate.getSubjectX500Principal());
  }

  /** Hexadecimal. */
  public String serial() {
    return certificate.getSerialNumber().toString(16);
  }

  /** SHA-256 of the DER, hexadecimal. */
  public String fingerprint() {
    return Fingerprint.of(certificate);
  }

  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /** What it may be used for, as Kubernetes names it; empty when it does not say. */
  public List<String> usages() {
    return ExtendedUsages.of(certificate).stream()
        .map(usage -> USAGES.getOrDefault(usage, usage))
        .toList();
  }

  public boolean isAuthority() {
    return certificate.getBasicConstraints() >= 0;
  }

  /** The DNS names and IP addresses that it is for. */
  public List<String> alternativeNames() {
    return names().stream()
        .filter(
            name -> name.get(0) instanceof Integer type && (type == DNS_NAME || type == IP_ADDRESS))
        .map(name -> String.valueOf(name.get(1)))
        .toList();
  }

  /** Whether clients accept it of a server that they call by this name or address (RFC 6125). */
  public boolean covers(String host) {
    return alternativeNames().stream()
        .anyMatch(name -> isSame(name, host) || isWildcardOf(name, host));
  }

  /** As in {@code RSA 2048}. */
  public String keyType() {
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
      case ECPublicKey ec -> "ECDSA " + ec.getParams().getOrder().bitLength();
      case PublicKey other -> other.getAlgorithm();
    };
  }

  /**
   * What is too weak of it today, if anything is. The signature of a root proves nothing and may be
   * old.
   */
  public Optional<String> weakness() {
    if (certificate.getPublicKey() instanceof RSAPublicKey rsa
        && rsa.getModulus().bitLength() < LEAST_RSA) {
      return Optional.of(
          "its key has " + rsa.getModulus().bitLength() + " bits, fewer than " + LEAST_RSA);
    }
    return WEAK_DIGEST.matcher(certificate.getSigAlgName()).matches() && !isSignedBy(this)
        ? Optional.of("it is signed with " + certificate.getSigAlgName())
        : Optional.empty();
  }

  public byte[] toPem() {
    try {
      return Pem.encode("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new CredentialException("could not write the certificate: " + e.getMessage(), e);
    }
  }

  public boolean isSignedBy(ParsedCertificate authority) {
    return Signatures.isSignedBy(certificate, authority.certificate);
  }

  /** Whether a file holds the private key to it. */
  public KeyMatch match(byte[] keyPem) {
    return PrivateKeys.match(certificate, keyPem);
  }

  X509Certificate certificate() {
    return certificate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParsedCertificate that && certificate.equals(that.certificate);
  }

  @Override
  public int hashCode() {
    return certificate.hashCode();
  }

  @Override
  public String toString() {
    return subject() + " " + fingerprint();
  }

  private Collection<List<?>> names() {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      throw new CredentialException("could not read the certificate's names: " + e.getMessage(), e);
    }
  }

  private static boolean isSame(String name, String host) {
    try {
      return InetAddress.ofLiteral(name).equals(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return name.equalsIgnoreCase(host);
    }
  }

  private static boolean isWildcardOf(String name, String host) {
    int dot = host.indexOf('.');
    return name.startsWith("*.")
        && dot > 0
        && name.substring(1)
            .toLowerCase(Locale.ROOT)
            .equals(host.substring(dot).toLowerCase(Locale.ROOT));
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new CredentialException("a certificate in it is damaged: it is no base64", e);
    }
  }

  private static ParsedCertificate read(byte[] der) {
    try {
      return new ParsedCertificate(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der)));
    } catch (CertificateException e) {
      throw new CredentialException("a certificate in it is damaged: " + e.getMessage(), e);
    }
  }
}
