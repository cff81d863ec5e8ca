package io.github.maintainkubeusers.credential;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** A client certificate that was checked: only {@link #check} makes one. */
public final class IssuedCertificate {
    /** id-kp-clientAuth, RFC 5280 section 4.2.1.12. */
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final Pattern BLOCK = Pattern
            .compile("\\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----\\s*");
    private static final Duration LEAST_LIFE = Duration.ofMinutes(1);

    private final byte[] pem;
    private final X509Certificate certificate;
    private final X509Certificate issuer;

    private IssuedCertificate(byte[] pem, X509Certificate certificate, X509Certificate issuer) {
        this.pem = pem;
        this.certificate = certificate;
        this.issuer = issuer;
    }

    /**
     * Reads what a signer returned and sees that it is what was asked for.
     *
     * @throws CredentialException naming the first thing that is not: key, subject, usage, chain or life
     */
    public static IssuedCertificate check(byte[] pem, ClientKey key, SubjectName subject, CaBundle authorities,
            Instant now) {
        return check(pem, certificate -> certificate.getPublicKey().equals(key.publicKey()), subject, authorities, now);
    }

    /**
     * Takes over a pair that another controller issued and its owner has kept: believed for what the cluster's CA has
     * signed, wherever it was found.
     *
     * @throws CredentialException naming the first thing that is not as it should be
     */
    public static IssuedCertificate adopt(byte[] pem, byte[] keyPem, SubjectName subject, CaBundle authorities,
            Instant now) {
        return check(pem, certificate -> StoredCredentials.isKeyTo(certificate, keyPem), subject, authorities, now);
    }

    private static IssuedCertificate check(byte[] pem, Predicate<X509Certificate> isOurs, SubjectName subject,
            CaBundle authorities, Instant now) {
        X509Certificate certificate = parse(pem);
        require(isOurs.test(certificate), "it is for another key");
        require(names(certificate.getSubjectX500Principal(), subject),
                "its subject is " + certificate.getSubjectX500Principal());
        require(usages(certificate).contains(CLIENT_AUTH), "it is not for client authentication");
        X509Certificate issuer = authorities.issuerOf(certificate)
                .orElseThrow(() -> refused(
                        "none of the CAs that the API server knows clients by has signed it; its issuer is "
                                + certificate.getIssuerX500Principal()));
        require(!now.isBefore(certificate.getNotBefore().toInstant()),
                "it is valid only from " + certificate.getNotBefore().toInstant());
        require(now.plus(LEAST_LIFE).isBefore(certificate.getNotAfter().toInstant()),
                "it ends already at " + certificate.getNotAfter().toInstant());
        return new IssuedCertificate(pem.clone(), certificate, issuer);
    }

    public byte[] toPem() {
        return pem.clone();
    }

    /** SHA-256 of the DER, hexadecimal. */
    public String fingerprint() {
        return Fingerprint.of(certificate);
    }

    /** SHA-256 of the issuing authority's DER, hexadecimal. */
    public String issuerFingerprint() {
        return Fingerprint.of(issuer);
    }

    /** Hexadecimal. */
    public String serial() {
        return certificate.getSerialNumber().toString(16);
    }

    public Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** One certificate as PEM and nothing else, for it goes into a file as it is. */
    private static X509Certificate parse(byte[] pem) {
        Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        if (!block.matches()) {
            throw new CredentialException("could not read the issued certificate: it is not one certificate as PEM");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(1));
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new CredentialException("could not read the issued certificate: " + e.getMessage(), e);
        }
    }

    /** Compares attribute by attribute, regardless of their order, which signers may change. */
    private static boolean names(X500Principal principal, SubjectName subject) {
        return SubjectName.read(principal).filter(read -> read.commonName().equals(subject.commonName())
                && Set.copyOf(read.organizations()).equals(Set.copyOf(subject.organizations()))).isPresent();
    }

    private static List<String> usages(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null ? List.of() : usages;
        } catch (CertificateException e) {
            throw new CredentialException("could not read the issued certificate's usages: " + e.getMessage(), e);
        }
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
