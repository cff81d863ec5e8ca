package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.credential.SubjectName;
import io.github.maintainkubeusers.credential.TrustPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a certificate says, or what a record says of it.
 *
 * @param groups the organizations of its subject
 * @param names DNS names and addresses
 * @param serial hexadecimal
 * @param fingerprint SHA-256 of the DER, hexadecimal
 * @param issuerFingerprint that of the authority's certificate
 */
public record CertificateFacts(
    Optional<String> subject,
    List<String> groups,
    List<String> names,
    List<String> usages,
    Instant notBefore,
    Instant notAfter,
    Optional<String> issuer,
    String serial,
    String fingerprint,
    Optional<String> issuerFingerprint,
    Optional<String> keyType) {
  public CertificateFacts {
    requireNonNull(subject, "subject is null");
    groups = List.copyOf(groups);
    names = List.copyOf(names);
    usages = List.copyOf(usages);
    requireNonNull(notBefore, "notBefore is null");
    requireNonNull(notAfter, "notAfter is null");
    requireNonNull(issuer, "issuer is null");
    requireNonNull(serial, "serial is null");
    requireNonNull(fingerprint, "fingerprint is null");
    requireNonNull(issuerFingerprint, "issuerFingerprint is null");
    requireNonNull(keyType, "keyType is null");
  }

  static CertificateFacts of(ParsedCertificate certificate, Optional<TrustPath> path) {
    return new CertificateFacts(
        Optional.of(certificate.subject()),
        certificate.subjectName().map(SubjectName::organizations).orElse(List.of()),
        certificate.alternativeNames(),
        certificate.usages(),
        certificate.notBefore(),
        certificate.notAfter(),
        Optional.of(certificate.issuer()),
        certificate.serial(),
        certificate.fingerprint(),
        path.map(found -> found.anchor().fingerprint()),
        Optional.of(certificate.keyType()));
  }

  public static CertificateFacts of(Credential recorded) {
    return new CertificateFacts(
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        recorded.notBefore(),
        recorded.notAfter(),
        Optional.empty(),
        recorded.serial(),
        recorded.certificate(),
        Optional.of(recorded.issuer()),
        Optional.empty());
  }
}
