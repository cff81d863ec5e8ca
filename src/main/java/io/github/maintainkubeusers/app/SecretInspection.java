package io.github.maintainkubeusers.app;

import static java.util.stream.Collectors.toMap;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.KeyMatch;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at the certificates in a Secret, with the keys that stand beside them. */
record SecretInspection(FileInspection files) {
  private static final String REMEDY =
      "write certificate and key in one call, or let the owner of the Secret make it" + " anew";

  List<CertificateReport> inspect(String name, Map<String, byte[]> data) {
    Map<String, byte[]> certificates = having(data, "-----BEGIN CERTIFICATE-----");
    Map<String, byte[]> keys = having(data, "PRIVATE KEY-----");
    if (certificates.isEmpty()) {
      return List.of(
          CertificateReport.without(
              CertificateKind.SECRET,
              name,
              name,
              Finding.broken(
                  keys.isEmpty()
                      ? "it holds neither a certificate nor a private key"
                      : "it is written by half: a private key, and no certificate",
                  REMEDY)));
    }
    var reports = new ArrayList<CertificateReport>();
    certificates.forEach(
        (key, content) ->
            files
                .certificates(
                    CertificateKind.SECRET, name + " " + key, content, fitting(content, keys))
                .forEach(
                    report ->
                        reports.add(
                            isHalf(content, keys) ? report.because(List.of(half())) : report)));
    return reports;
  }

  /** The key that fits, or one that does not when none does. */
  private static Optional<byte[]> fitting(byte[] content, Map<String, byte[]> keys) {
    Optional<byte[]> fitting =
        first(content)
            .flatMap(
                certificate ->
                    keys.values().stream()
                        .filter(key -> certificate.match(key) == KeyMatch.MATCHES)
                        .findFirst());
    return fitting.or(() -> keys.values().stream().findFirst());
  }

  private static boolean isHalf(byte[] content, Map<String, byte[]> keys) {
    return keys.isEmpty()
        && first(content).filter(certificate -> !certificate.isAuthority()).isPresent();
  }

  private static Finding half() {
    return Finding.broken(
        "the Secret is written by half: a certificate, and no private key", REMEDY);
  }

  private static Optional<ParsedCertificate> first(byte[] content) {
    try {
      return Optional.of(ParsedCertificate.parse(content).getFirst());
    } catch (CredentialException _) {
      return Optional.empty();
    }
  }

  private static Map<String, byte[]> having(Map<String, byte[]> data, String mark) {
    return data.entrySet().stream()
        .filter(entry -> new String(entry.getValue(), StandardCharsets.ISO_8859_1).contains(mark))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, TreeMap::new));
  }
}
