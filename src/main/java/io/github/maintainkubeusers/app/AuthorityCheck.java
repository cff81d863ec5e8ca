package io.github.maintainkubeusers.app;

import static java.util.stream.Collectors.toMap;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.cluster.AuthenticationCas;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at the CAs that a cluster is built on. */
record AuthorityCheck(Examiner examiner) {
  static final String PUBLISHED = "kube-system/extension-apiserver-authentication";
  private static final Finding SHARED =
      Finding.broken(
          "the CA of front proxies is a CA of clients, too: any holder of a client certificate of"
              + " it may be taken for a front proxy, and call as anybody",
          "give the front proxy a CA of its own (--requestheader-client-ca-file), as kubeadm does");

  List<CertificateReport> servers(byte[] bundle) {
    return examine(CertificateKind.SERVER_CA, "kube-public", bundle, Set.of());
  }

  List<CertificateReport> clients(AuthenticationCas cas) {
    return cas.clients()
        .map(pem -> examine(CertificateKind.CLIENT_CA, PUBLISHED, pem, Set.of()))
        .orElseGet(() -> List.of(missing(CertificateKind.CLIENT_CA)));
  }

  /** None where the API server takes no front proxies. */
  List<CertificateReport> frontProxies(AuthenticationCas cas) {
    Set<String> clients = cas.clients().map(AuthorityCheck::fingerprints).orElse(Set.of());
    return cas.frontProxies()
        .map(pem -> examine(CertificateKind.FRONT_PROXY_CA, PUBLISHED, pem, clients))
        .orElse(List.of());
  }

  private List<CertificateReport> examine(
      CertificateKind kind, String source, byte[] pem, Set<String> forbidden) {
    CaBundle bundle;
    try {
      bundle = CaBundle.parse(pem);
    } catch (CredentialException e) {
      return List.of(
          CertificateReport.without(
              kind,
              "-",
              source,
              Finding.broken(e.getMessage(), "put the CA's certificate there as PEM")));
    }
    Expectation expected =
        Expectation.of(
            Purpose.AUTHORITY,
            new Trust.NotCompared(),
            bundle.certificates().size() > 1
                ? "take it out of the bundle once nothing is in use that it signed"
                : "make a new CA, and let all trust both before this one ends");
    var reports = new ArrayList<CertificateReport>();
    for (ParsedCertificate authority : bundle.certificates()) {
      CertificateReport report =
          examiner.examine(
              kind, name(authority), source, Evidence.STORED, List.of(authority), expected);
      reports.add(
          forbidden.contains(authority.fingerprint()) ? report.because(List.of(SHARED)) : report);
    }
    return reports;
  }

  private static CertificateReport missing(CertificateKind kind) {
    return CertificateReport.without(
        kind,
        "-",
        PUBLISHED,
        Finding.unknown(
            "the API server publishes no CA of clients", "see that it has --client-ca-file"));
  }

  private static Set<String> fingerprints(byte[] pem) {
    try {
      return new HashSet<>(CaBundle.parse(pem).fingerprints());
    } catch (CredentialException _) {
      return Set.of();
    }
  }

  /** The names of CAs, by fingerprint. */
  static Map<String, String> names(byte[] pem) {
    return CaBundle.parse(pem).certificates().stream()
        .collect(toMap(ParsedCertificate::fingerprint, AuthorityCheck::name, (one, _) -> one));
  }

  private static String name(ParsedCertificate authority) {
    return authority.subject().replaceFirst("^CN=([^,]+)$", "$1");
  }
}
