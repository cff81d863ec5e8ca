package io.github.maintainkubeusers.credential;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a certificate leads to an authority of a bundle, by signatures alone.
 *
 * @param certificates the certificate, and the intermediate authorities in order
 * @param anchor the authority of the bundle
 */
public record TrustPath(List<ParsedCertificate> certificates, ParsedCertificate anchor) {
  public TrustPath {
    certificates = List.copyOf(certificates);
    requireNonNull(anchor, "anchor is null");
  }

  /** Those that signed: intermediates, then the anchor. */
  public List<ParsedCertificate> authorities() {
    return Stream.concat(certificates.stream().skip(1), Stream.of(anchor)).toList();
  }

  /**
   * Whether intermediates may do what they do here, as RFC 5280 has it. Dates are judged at the
   * given time.
   */
  public boolean isSound(Instant at) {
    return certificates.size() == 1
        || Signatures.isValid(
            certificates.stream().map(ParsedCertificate::certificate).toList(),
            anchor.certificate(),
            at);
  }
}
