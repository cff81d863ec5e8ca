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
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kubeconfig.CurrentContext;
import io.github.maintainkubeusers.kubeconfig.CurrentContext.Content;
import io.github.maintainkubeusers.kubeconfig.KubeconfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what a kubeconfig's current context uses: the client's pair, the CAs, and the server by
 * those CAs.
 */
record KubeconfigInspection(FileInspection files, ServerInspection servers) {
  private static final String REMEDY =
      "let the controller mend it, which it does with what is its own, or write it anew"
          + " with kubectl config";

  List<CertificateReport> inspect(String name, byte[] kubeconfig, Optional<Path> file) {
    CurrentContext context;
    try {
      context = CurrentContext.read(kubeconfig);
    } catch (KubeconfigException e) {
      return List.of(
          CertificateReport.without(
              CertificateKind.KUBECONFIG,
              name,
              name,
              Finding.broken(
                  "it is neither a certificate nor a kubeconfig that works: " + e.getMessage(),
                  "correct it, or delete it: the controller then makes an account's kubeconfig"
                      + " anew")));
    }
    var reports = new ArrayList<CertificateReport>();
    reports.add(client(name, context, file));
    reports.addAll(server(name, context, file));
    return reports;
  }

  private CertificateReport client(String name, CurrentContext context, Optional<Path> file) {
    if (context.certificate().isEmpty()) {
      return CertificateReport.without(
          CertificateKind.KUBECONFIG,
          name,
          name,
          Finding.unknown(
              "the user of context " + context.name() + " has no client certificate",
              "look at its token or plugin by other means: kubectl auth whoami"));
    }
    try {
      List<ParsedCertificate> chain =
          ParsedCertificate.parse(bytes(context.certificate().get(), file));
      byte[] key = context.key().map(content -> bytes(content, file)).orElseGet(() -> new byte[0]);
      return files
          .examiner()
          .examine(
              CertificateKind.KUBECONFIG,
              name,
              name,
              Evidence.STORED,
              chain,
              Expectation.of(Purpose.CLIENT, clientTrust(context), FileInspection.RENEWAL)
                  .withKey(key));
    } catch (CredentialException | InputException e) {
      return CertificateReport.without(
          CertificateKind.KUBECONFIG,
          name,
          name,
          Finding.broken(
              "the client's certificate or key is not usable: " + e.getMessage(), REMEDY));
    }
  }

  /** One of another cluster is not for this one to judge. */
  private Trust clientTrust(CurrentContext context) {
    Trust trust = files.trust(Purpose.CLIENT);
    try {
      if (trust instanceof Trust.Authorities
          && files.trust().isPresent()
          && !context.server().equals(Optional.of(files.trust().get().server()))) {
        return new Trust.Unreadable(
            "it is for "
                + context.server().orElse("no server")
                + ", and the cluster that was asked is "
                + files.trust().get().server(),
            "ask that cluster, with KUBECONFIG and --local, or leave this out with --offline");
      }
    } catch (ClusterException e) {
      return new Trust.Unreadable(e.getMessage(), REMEDY);
    }
    return trust;
  }

  private List<CertificateReport> server(String name, CurrentContext context, Optional<Path> file) {
    if (!context.verifies()) {
      return List.of(
          CertificateReport.without(
              CertificateKind.SERVER_CA,
              name,
              name,
              Finding.broken(
                  "insecure-skip-tls-verify: any server that answers in its place gets the"
                      + " credentials",
                  "remove insecure-skip-tls-verify, and put the cluster's CA into"
                      + " certificate-authority-data")));
    }
    if (context.authorities().isEmpty()) {
      return List.of(
          CertificateReport.without(
              CertificateKind.SERVER_CA,
              name,
              name,
              Finding.unknown(
                  "it has no certificate-authority: clients take the system's CAs",
                  "put the cluster's CA into it")));
    }
    CaBundle bundle;
    try {
      bundle = CaBundle.parse(bytes(context.authorities().get(), file));
    } catch (CredentialException | InputException e) {
      return List.of(
          CertificateReport.without(
              CertificateKind.SERVER_CA,
              name,
              name,
              Finding.broken(
                  "its certificate-authority is not usable: " + e.getMessage(), REMEDY)));
    }
    var reports =
        new ArrayList<>(files.authorities(CertificateKind.SERVER_CA, name, bundle.certificates()));
    context
        .server()
        .filter(_ -> files.trust().isPresent())
        .ifPresent(
            url -> {
              Expectation expected =
                  Expectation.of(
                      Purpose.SERVER,
                      new Trust.Authorities(
                          "the CAs in the kubeconfig",
                          bundle,
                          "put the CA of the server into certificate-authority-data of the"
                              + " kubeconfig"),
                      "renew it on the server, and restart what serves it");
              FileInspection.server(url)
                  .ifPresentOrElse(
                      server ->
                          reports.addAll(
                              servers.inspect(
                                  CertificateKind.SERVER, server, expected.of(server.host()))),
                      () ->
                          reports.add(
                              CertificateReport.without(
                                  CertificateKind.SERVER,
                                  url,
                                  name,
                                  Finding.broken("the server is no URL with a host", REMEDY))));
            });
    return reports;
  }

  private static byte[] bytes(Content content, Optional<Path> file) {
    return switch (content) {
      case Content.Inline(byte[] bytes) -> bytes;
      case Content.InFile(String path) ->
          BoundedFile.readRegular(FileInspection.sibling(file, path));
    };
  }
}
