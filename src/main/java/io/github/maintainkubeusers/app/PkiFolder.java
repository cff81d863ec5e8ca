package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a control plane, laid out as kubeadm does: {@code *.crt} with {@code *.key} beside,
 * {@code *.conf}.
 *
 * @param files for kubeconfigs, which are not compared with the cluster
 */
record PkiFolder(Path folder, FileInspection files) {
  private static final int DEPTH = 4;
  private static final int MOST_FILES = 500;

  /**
   * @throws InputException when the folder cannot be read, or holds too much to be one
   */
  List<CertificateReport> check(KubeconfigInspection kubeconfigs) {
    List<Path> found = list();
    List<ParsedCertificate> authorities = authorities(found);
    var reports = new ArrayList<CertificateReport>();
    for (Path file : found) {
      try {
        byte[] content = BoundedFile.readRegular(file);
        reports.addAll(
            file.toString().endsWith(".conf")
                ? kubeconfigs.inspect(file.toString(), content, Optional.of(file))
                : certificates(file, content, authorities));
      } catch (InputException e) {
        reports.add(
            CertificateReport.without(
                CertificateKind.FILE,
                file.toString(),
                file.toString(),
                Finding.unknown(e.getMessage(), "run this as a user who may read it")));
      }
    }
    return reports;
  }

  /** The CAs in it. */
  List<ParsedCertificate> authorities() {
    return authorities(list());
  }

  private List<CertificateReport> certificates(
      Path file, byte[] content, List<ParsedCertificate> authorities) {
    String name = file.toString();
    List<ParsedCertificate> chain;
    try {
      chain = ParsedCertificate.parse(content);
    } catch (CredentialException e) {
      return List.of(
          CertificateReport.without(
              CertificateKind.FILE,
              name,
              name,
              Finding.broken(
                  e.getMessage(), "put a certificate there as PEM: " + FileInspection.RENEWAL)));
    }
    if (chain.getFirst().isAuthority()) {
      return files.authorities(CertificateKind.FILE, name, chain);
    }
    Trust trust =
        authorities.isEmpty()
            ? new Trust.NotCompared()
            : new Trust.Authorities(
                "the CAs in " + folder, CaBundle.of(authorities), "issue it anew by one of them");
    Expectation expected =
        Expectation.of(
            Purpose.of(chain.getFirst()),
            trust,
            "kubeadm certs renew, or as it was made; then restart what uses it");
    Path key = Path.of(name.replaceAll("\\.crt$", ".key"));
    return List.of(
        files
            .examiner()
            .examine(
                CertificateKind.FILE,
                name,
                name,
                Evidence.STORED,
                chain,
                Files.isReadable(key) ? expected.withKey(BoundedFile.readRegular(key)) : expected));
  }

  private static List<ParsedCertificate> authorities(List<Path> files) {
    var found = new ArrayList<ParsedCertificate>();
    for (Path file : files) {
      try {
        ParsedCertificate.parse(BoundedFile.readRegular(file)).stream()
            .filter(ParsedCertificate::isAuthority)
            .forEach(found::add);
      } catch (CredentialException | InputException _) {
        // It has a row of its own.
      }
    }
    return found;
  }

  private List<Path> list() {
    try (Stream<Path> walk = Files.walk(folder, DEPTH)) {
      List<Path> found =
          walk.filter(file -> file.toString().matches(".*\\.(crt|conf)"))
              .filter(Files::isRegularFile)
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
      if (found.size() > MOST_FILES) {
        throw new InputException(
            "could not read "
                + folder
                + ": there are more than "
                + MOST_FILES
                + " certificates below it",
            null);
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("could not read " + folder + ": " + e.getMessage(), e);
    }
  }
}
