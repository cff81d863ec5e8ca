package io.github.maintainkubeusers.credential;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;

/** A client certificate that was checked: only {@link #check} makes one. */
public final class IssuedCertificate {
  private static final Duration LEAST_LIFE = Duration.ofMinutes(1);

  private final byte[] pem;
  private final CertificateChain chain;
  private final X509Certificate certificate;
  private final String issuer;

  private IssuedCertificate(byte[] pem, CertificateChain chain, String issuer) {
    this.pem = pem;
    this.chain = chain;
    this.certificate = chain.leaf();
    this.issuer = issuer;
  }

  /**
   * Reads what a signer returned and sees that it is what was asked for.
   *
   * @throws CredentialException naming the first thing that is not: key, subject, usage, chain or
   *     life
   */
  public static IssuedCertificate check(
      byte[] pem, ClientKey key, SubjectName subject, ClientTrust trust, Instant now) {
    return check(
        pem,
        certificate -> certificate.getPublicKey().equals(key.publicKey()),
        key::toPem,
        subject,
        trust,
        now);
  }

  /**
   * The same for a request whose key is somebody else's.
   *
   * @throws CredentialException naming the first thing that is not as it was asked for
   */
  public static IssuedCertificate check(
      byte[] pem, ForeignRequest request, CaBundle authorities, Instant now) {
    return check(
        pem,
        certificate -> certificate.getPublicKey().equals(request.publicKey()),
        () -> {
          throw new IllegalStateException("the key is not at hand");
        },
        request.subject(),
        authorities,
        now);
  }

  /**
   * Takes over a pair that another controller issued and its owner has kept: believed for what the
   * cluster's CA has signed, wherever it was found.
   *
   * @throws CredentialException naming the first thing that is not as it should be
   */
  public static IssuedCertificate adopt(
      byte[] pem, byte[] keyPem, SubjectName subject, ClientTrust trust, Instant now) {
    return check(
        pem,
        certificate -> PrivateKeys.isKeyTo(certificate, keyPem),
        () -> keyPem,
        subject,
        trust,
        now);
  }

  private static IssuedCertificate check(
      byte[] pem,
      Predicate<X509Certificate> isOurs,
      Supplier<byte[]> keyPem,
      SubjectName subject,
      ClientTrust trust,
      Instant now) {
    CertificateChain chain = CertificateChain.parse(pem);
    X509Certificate certificate = chain.leaf();
    require(isOurs.test(certificate), "it is for another key");
    require(
        names(certificate.getSubjectX500Principal(), subject),
        "its subject is " + certificate.getSubjectX500Principal());
    require(
        ExtendedUsages.of(certificate).contains(ExtendedUsages.CLIENT_AUTH),
        "it is not for client authentication");
    String issuer = issuer(pem, chain, keyPem, trust, now);
    require(
        !now.isBefore(certificate.getNotBefore().toInstant()),
        "it is valid only from " + certificate.getNotBefore().toInstant());
    require(
        now.plus(LEAST_LIFE).isBefore(chain.notAfter()), "it ends already at " + chain.notAfter());
    return new IssuedCertificate(pem.clone(), chain, issuer);
  }

  private static String issuer(
      byte[] pem, CertificateChain chain, Supplier<byte[]> keyPem, ClientTrust trust, Instant now) {
    return switch (trust) {
      case CaBundle authorities -> {
        Optional<X509Certificate> anchor = chain.anchor(authorities, now);
        require(
            anchor.isPresent(),
            "none of the CAs that the API server knows clients by has signed it; its issuer is "
                + chain.leaf().getIssuerX500Principal());
        yield Fingerprint.of(anchor.get());
      }
      case ProofByUse(CaBundle likely, ProofByUse.Trial trial) -> {
        require(
            trial.accepts(pem, keyPem.get()),
            "the API server does not accept it in a request; its issuer is "
                + chain.leaf().getIssuerX500Principal());
        yield chain.anchor(likely, now).map(Fingerprint::of).orElseGet(chain::issuerFingerprint);
      }
    };
  }

  /** With the intermediates that came with it. */
  public byte[] toPem() {
    return pem.clone();
  }

  /** SHA-256 of the DER, hexadecimal. */
  public String fingerprint() {
    return Fingerprint.of(certificate);
  }

  /**
   * SHA-256 of the DER of the authority that the certificate leads to, hexadecimal. Where its
   * certificate is not at hand, of its name and key identifier.
   */
  public String issuerFingerprint() {
    return issuer;
  }

  /** Hexadecimal. */
  public String serial() {
    return certificate.getSerialNumber().toString(16);
  }

  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  public Instant notAfter() {
    return chain.notAfter();
  }

  /** Compares attribute by attribute, regardless of their order, which signers may change. */
  private static boolean names(X500Principal principal, SubjectName subject) {
    return SubjectName.read(principal)
        .filter(
            read ->
                read.commonName().equals(subject.commonName())
                    && Set.copyOf(read.organizations()).equals(Set.copyOf(subject.organizations())))
        .isPresent();
  }

  private static void require(boolean condition, String fault) {
    if (!condition) {
      throw refused(fault);
    }
  }

  private static CredentialException refused(String fault) {
    return new CredentialException("could not accept the issued certificate: " + fault);
  }
}
