package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.cluster.CalledService;
import io.github.maintainkubeusers.cluster.ServerAddress;
import io.github.maintainkubeusers.cluster.ServicePods;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what the API server calls: whether the CAs that it was given vouch for what the Services
 * show.
 *
 * @param pods behind the Services; empty when they are not known
 */
record CalledServiceCheck(ServerInspection servers, Optional<ServicePods> pods) {
  private static final String FILL =
      "put the CA that signed the Service's certificate into caBundle";

  List<CertificateReport> check(CertificateKind kind, CalledService called) {
    var findings = new ArrayList<Finding>();
    if (!called.verifies()) {
      findings.add(
          Finding.broken(
              "insecureSkipTLSVerify: any server that answers in its place is trusted",
              "remove insecureSkipTLSVerify, and " + FILL));
    }
    List<CertificateReport> reports = called.verifies() ? verified(kind, called) : List.of();
    called
        .unavailable()
        .ifPresent(
            reason ->
                findings.add(
                    Finding.broken(
                        "is unavailable: " + reason,
                        "see the pods behind the Service, and that it can be reached")));
    if (reports.isEmpty()) {
      return List.of(
          findings.isEmpty()
              ? CertificateReport.without(
                  kind,
                  called.name(),
                  called.source(),
                  Finding.unknown(
                      "is called by a URL, by the CAs that the API server's machine trusts",
                      "look at it with certificates inspect HOST:PORT"))
              : without(kind, called, findings));
    }
    return reports.stream().map(report -> report.besides(findings)).toList();
  }

  private List<CertificateReport> verified(CertificateKind kind, CalledService called) {
    if (called.caBundle().length == 0) {
      return called.server().isEmpty()
          ? List.of()
          : List.of(
              CertificateReport.without(
                  kind,
                  called.name(),
                  called.source(),
                  Finding.broken(
                      "caBundle is empty: the API server then trusts public CAs, which sign for no"
                          + " Service",
                      FILL)));
    }
    CaBundle bundle;
    try {
      bundle = CaBundle.parse(called.caBundle());
    } catch (CredentialException e) {
      return List.of(
          CertificateReport.without(
              kind,
              called.name(),
              called.source(),
              Finding.broken("caBundle is garbage: " + e.getMessage(), FILL)));
    }
    CertificateReport stored = stored(kind, called, bundle);
    return List.of(
        called.server().map(server -> served(kind, called, server, bundle, stored)).orElse(stored));
  }

  /** Of several, the one that lasts longest: the API server believes any of them. */
  private CertificateReport stored(CertificateKind kind, CalledService called, CaBundle bundle) {
    ParsedCertificate last =
        bundle.certificates().stream()
            .max(Comparator.comparing(ParsedCertificate::notAfter))
            .orElseThrow();
    return servers
        .examiner()
        .examine(
            kind,
            called.name(),
            called.source(),
            Evidence.STORED,
            List.of(last),
            Expectation.of(
                Purpose.ANY,
                new Trust.NotCompared(),
                "renew the CA in caBundle, and issue the Service's certificate by it"));
  }

  private CertificateReport served(
      CertificateKind kind,
      CalledService called,
      ServerAddress server,
      CaBundle bundle,
      CertificateReport stored) {
    Expectation expected =
        Expectation.of(
                Purpose.SERVER,
                new Trust.Authorities("the CAs in caBundle", bundle, FILL),
                "renew the Service's certificate, and see that its pods read the new one")
            .of(server.host());
    List<CertificateReport> asked =
        new ServicePodLook(servers, kind, called.name(), server)
            .look(pods.map(all -> all.addresses(server)).orElse(List.of()), expected);
    List<CertificateReport> shown =
        asked.stream().filter(report -> report.evidence().isPresent()).toList();
    if (shown.isEmpty()) {
      var findings = new ArrayList<Finding>();
      if (pods.filter(all -> !all.isReady(server)).isPresent()) {
        findings.add(abandoned(called, server));
      }
      findings.add(
          Finding.unknown(
              "caBundle was not compared with what the Service shows: "
                  + asked.getFirst().first().orElseThrow().problem(),
              "run this in a pod of the cluster, where Services have names"));
      return stored.besides(findings);
    }
    return worst(shown)
        .besides(
            asked.stream()
                .filter(report -> report.evidence().isEmpty())
                .flatMap(report -> report.findings().stream())
                .toList())
        .besides(stored.findings());
  }

  private static Finding abandoned(CalledService called, ServerAddress server) {
    String problem = "no pod behind the Service " + server.host() + " is ready: the API server ";
    String remedy = "see that the Service exists, that it selects its pods, and that they run";
    return called.required()
        ? Finding.broken(
            problem + "refuses each call that it would ask it about",
            remedy
                + "; until then failurePolicy Ignore, or deleting what calls it, lets such calls"
                + " through")
        : Finding.unknown(problem + "goes on without it", remedy);
  }

  /** What clients meet some of the time is as bad as what they always meet. */
  private static CertificateReport worst(List<CertificateReport> shown) {
    CertificateReport best = shown.getFirst();
    CertificateReport worst = best;
    for (CertificateReport report : shown) {
      worst = report.state().isWorseThan(worst.state()) ? report : worst;
      best = best.state().isWorseThan(report.state()) ? report : best;
    }
    if (!worst.state().isWorseThan(best.state())) {
      return worst;
    }
    Finding cause = worst.first().orElseThrow();
    return worst.because(
        List.of(
            new Finding(
                cause.state(),
                worst.source()
                    + " shows another certificate than "
                    + best.source()
                    + ": "
                    + cause.problem(),
                "restart the pod that shows it, so that it reads the newest; if that does not help,"
                    + " "
                    + cause.remedy())));
  }

  private static CertificateReport without(
      CertificateKind kind, CalledService called, List<Finding> findings) {
    return new CertificateReport(
        kind,
        called.name(),
        called.source(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        findings);
  }
}
