package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.credential.KeyMatch;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.credential.TrustPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules: judges certificates as the API server, its clients and its servers do.
 *
 * @param warn how long before its end a certificate counts as ending
 */
public record Examiner(Instant now, Duration warn) {
  public Examiner {
    requireNonNull(now, "now is null");
    requireNonNull(warn, "warn is null");
  }

  /**
   * Examines the first of these certificates.
   *
   * @param chain at least one; those after the first lead to its authority
   */
  public CertificateReport examine(
      CertificateKind kind,
      String name,
      String source,
      Evidence evidence,
      List<ParsedCertificate> chain,
      Expectation expected) {
    ParsedCertificate certificate = chain.getFirst();
    Optional<TrustPath> path = path(chain, expected.trust());
    Optional<KeyMatch> key = expected.key().map(certificate::match);
    var findings = new ArrayList<Finding>();
    key.ifPresent(match -> key(match, findings));
    dates(certificate, expected, findings);
    trust(certificate, path, expected.trust(), findings);
    use(certificate, expected, findings);
    ends(certificate, path, expected, findings);
    Optional<ParsedCertificate> anchor = path.map(TrustPath::anchor);
    return new CertificateReport(
        kind,
        name,
        source,
        Optional.of(evidence),
        Optional.of(CertificateFacts.of(certificate, path)),
        anchor.map(ParsedCertificate::subject),
        Optional.of(end(certificate, path)),
        key,
        findings);
  }

  /** What is to be said of a time at which something ends. */
  public Optional<Finding> end(Instant end, String renewal) {
    if (!now.isBefore(end)) {
      return Optional.of(new Finding(CertificateState.ENDED, "ended on " + end, renewal));
    }
    return isNear(end)
        ? Optional.of(new Finding(CertificateState.ENDS, "ends in " + left(end), renewal))
        : Optional.empty();
  }

  String left(Instant end) {
    return Spans.text(Duration.between(now, end));
  }

  private static Optional<TrustPath> path(List<ParsedCertificate> chain, Trust trust) {
    return trust instanceof Trust.Authorities authorities
        ? authorities.bundle().pathOf(chain)
        : Optional.empty();
  }

  private static Instant end(ParsedCertificate certificate, Optional<TrustPath> path) {
    return path.stream()
        .flatMap(found -> found.authorities().stream())
        .map(ParsedCertificate::notAfter)
        .reduce(certificate.notAfter(), (one, other) -> one.isBefore(other) ? one : other);
  }

  private static void key(KeyMatch match, List<Finding> findings) {
    switch (match) {
      case MATCHES -> {
        // as it should be
      }
      case OTHER ->
          findings.add(
              Finding.broken(
                  "the private key is the key to another certificate",
                  "put the key beside it that it was issued for, or issue both anew"));
      case ENCRYPTED ->
          findings.add(
              Finding.unknown(
                  "the private key is under a password",
                  "give it without one: kubectl and servers read no password either"));
      case NONE ->
          findings.add(
              Finding.broken(
                  "the file that should hold the private key holds none",
                  "put the key there that the certificate was issued for, or issue both anew"));
    }
  }

  private void dates(ParsedCertificate certificate, Expectation expected, List<Finding> findings) {
    if (now.isBefore(certificate.notBefore())) {
      findings.add(
          Finding.broken(
              "is not valid before " + certificate.notBefore(),
              "compare the clocks of this machine and of the issuer, or wait"));
    }
    if (!now.isBefore(certificate.notAfter())) {
      findings.add(
          new Finding(
              CertificateState.ENDED, "ended on " + certificate.notAfter(), expected.renewal()));
    }
  }

  private void trust(
      ParsedCertificate certificate,
      Optional<TrustPath> path,
      Trust trust,
      List<Finding> findings) {
    switch (trust) {
      case Trust.NotCompared() -> {
        // nobody asked
      }
      case Trust.Unreadable(String problem, String remedy) ->
          findings.add(Finding.unknown(problem, remedy));
      case Trust.Authorities(String name, _, String remedy, boolean all) ->
          path.ifPresentOrElse(
              found -> authorities(found, findings),
              () ->
                  findings.add(
                      new Finding(
                          all ? CertificateState.BROKEN : CertificateState.UNKNOWN,
                          "none of "
                              + name
                              + " has signed it; its issuer is "
                              + certificate.issuer(),
                          remedy)));
    }
  }

  private void authorities(TrustPath path, List<Finding> findings) {
    for (ParsedCertificate authority : path.authorities()) {
      if (!now.isBefore(authority.notAfter())) {
        findings.add(
            new Finding(
                CertificateState.ENDED,
                "its CA " + authority.subject() + " ended on " + authority.notAfter(),
                "renew that CA where it is made, then issue the certificate anew"));
      } else if (now.isBefore(authority.notBefore())) {
        findings.add(
            Finding.broken(
                "its CA " + authority.subject() + " is not valid before " + authority.notBefore(),
                "compare the clocks of this machine and of the one that made the CA, or wait"));
      }
    }
    if (findings.isEmpty() && !path.isSound(now)) {
      findings.add(
          Finding.broken(
              "an intermediate certificate on the way to "
                  + path.anchor().subject()
                  + " may not sign it",
              "issue it by a CA that may sign such certificates: see basicConstraints and keyUsage"
                  + " of each"));
    }
  }

  private static void use(
      ParsedCertificate certificate, Expectation expected, List<Finding> findings) {
    if (expected.purpose() == Purpose.AUTHORITY && !certificate.isAuthority()) {
      findings.add(
          Finding.broken("is not the certificate of a CA", "put the CA's certificate there"));
    }
    expected
        .purpose()
        .missing(certificate)
        .ifPresent(
            usage ->
                findings.add(
                    Finding.broken(
                        "may not be used for "
                            + usage
                            + ", only for "
                            + String.join(", ", certificate.usages()),
                        "issue it anew with the usage " + usage)));
    expected
        .host()
        .filter(host -> !certificate.covers(host))
        .ifPresent(
            host ->
                findings.add(
                    Finding.broken(
                        "is not for "
                            + host
                            + ", only for "
                            + (certificate.alternativeNames().isEmpty()
                                ? "no name at all"
                                : String.join(", ", certificate.alternativeNames())),
                        "issue it anew with "
                            + host
                            + " among its subject alternative names, or call the server by"
                            + " another name")));
    certificate
        .weakness()
        .ifPresent(
            weakness ->
                findings.add(
                    Finding.broken(
                        "is too weak: " + weakness,
                        "issue it anew with an ECDSA key or an RSA key of 2048 bits or more, signed"
                            + " with SHA-256")));
  }

  private void ends(
      ParsedCertificate certificate,
      Optional<TrustPath> path,
      Expectation expected,
      List<Finding> findings) {
    Instant end = end(certificate, path);
    if (!now.isBefore(end) || !isNear(end)) {
      return;
    }
    if (end.isBefore(certificate.notAfter())) {
      findings.add(
          new Finding(
              CertificateState.ENDS,
              "ends in "
                  + left(end)
                  + " with its CA, though it would be valid until "
                  + certificate.notAfter(),
              "renew the CA, then issue the certificate anew"));
    } else {
      findings.add(new Finding(CertificateState.ENDS, "ends in " + left(end), expected.renewal()));
    }
  }

  private boolean isNear(Instant end) {
    return end.isBefore(now.plus(warn));
  }
}
