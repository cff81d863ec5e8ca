package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at certificates that stand in files and objects.
 *
 * @param trust empty when nothing is to be compared with the cluster
 */
record FileInspection(Examiner examiner, Optional<ClusterTrust> trust) {
  static final String RENEWAL = "issue it anew where it came from";

  /**
   * Each certificate of a file of its own; of one that begins with a client's or server's, that one
   * with what leads to its authority.
   *
   * @param key empty when the file that should hold the private key is not known
   */
  List<CertificateReport> certificates(
      CertificateKind kind, String name, byte[] content, Optional<byte[]> key) {
    List<ParsedCertificate> found;
    try {
      found = ParsedCertificate.parse(content);
    } catch (CredentialException e) {
      return List.of(
          CertificateReport.without(
              kind,
              name,
              name,
              Finding.broken(e.getMessage(), "put a certificate there as PEM: " + RENEWAL)));
    }
    if (found.getFirst().isAuthority()) {
      return authorities(kind, name, found);
    }
    Purpose purpose = Purpose.of(found.getFirst());
    Expectation expected = Expectation.of(purpose, trust(purpose), RENEWAL);
    return List.of(
        examiner.examine(
            kind,
            name,
            name,
            Evidence.STORED,
            found,
            key.or(() -> keyWithin(content)).map(expected::withKey).orElse(expected)));
  }

  /** Certificates that vouch for others, each by itself. */
  List<CertificateReport> authorities(
      CertificateKind kind, String name, List<ParsedCertificate> authorities) {
    var reports = new ArrayList<CertificateReport>();
    Expectation expected =
        Expectation.of(
            Purpose.AUTHORITY,
            new Trust.NotCompared(),
            "renew the CA where it is made, and let all who trust it know the new one before this"
                + " one ends");
    for (ParsedCertificate authority : authorities) {
      String shown = authorities.size() == 1 ? name : name + " (" + (reports.size() + 1) + ")";
      reports.add(
          examiner.examine(kind, shown, name, Evidence.STORED, List.of(authority), expected));
    }
    return reports;
  }

  /** What a certificate for this purpose is compared with. */
  Trust trust(Purpose purpose) {
    return trust.map(cluster -> cluster.of(purpose)).orElseGet(Trust.NotCompared::new);
  }

  static Optional<byte[]> keyWithin(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----")
        ? Optional.of(content)
        : Optional.empty();
  }

  /** Neither PEM nor DER. */
  static boolean isNoCertificate(byte[] content) {
    return content.length > 0
        && content[0] != 0x30
        && !new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
  }

  /** Where the server of a URL is. */
  static Optional<InspectTarget.Server> server(String url) {
    try {
      URI uri = URI.create(url);
      return Optional.ofNullable(uri.getHost())
          .map(
              host ->
                  new InspectTarget.Server(
                      host.replaceAll("[\\[\\]]", ""), uri.getPort() == -1 ? 443 : uri.getPort()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** A path that stands in a file. */
  static Path sibling(Optional<Path> file, String path) {
    return file.map(known -> known.toAbsolutePath().resolveSibling(path)).orElse(Path.of(path));
  }
}
