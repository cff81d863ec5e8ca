package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.HandshakeException;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Renewed;
import io.github.maintainkubeusers.certificates.ServiceSummary;
import io.github.maintainkubeusers.certificates.TenantSummary;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.cluster.AuthenticationCas;
import io.github.maintainkubeusers.cluster.CertificateSources;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.cluster.ServerAddress;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.directory.LdapServer;
import io.github.maintainkubeusers.directory.LdapSettings;
import io.github.maintainkubeusers.directory.TransportSecurity;
import io.github.maintainkubeusers.kube.ClusterException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks at every certificate that the cluster's users depend on, kind by kind. */
final class CertificateCheck {
  private static final String RENEW =
      "kubeadm certs renew apiserver on that machine, and restart kube-apiserver there";

  private final Settings settings;
  private final Examiner examiner;
  private final CertificateSources sources;
  private final Supplier<Cluster> cluster;
  private final Set<CertificateKind> kinds;
  private final ServerInspection servers;
  private final Supplier<ClusterEndpoint> endpoint;
  private final Supplier<AuthenticationCas> authentication;

  /**
   * @param cluster opened for the records, and closed again
   */
  CertificateCheck(
      Settings settings,
      Examiner examiner,
      CertificateSources sources,
      Supplier<Cluster> cluster,
      Set<CertificateKind> kinds,
      Handshake handshake) {
    this.settings = settings;
    this.examiner = examiner;
    this.sources = sources;
    this.cluster = cluster;
    this.kinds = kinds;
    this.servers = new ServerInspection(examiner, handshake);
    this.endpoint = new Once<>(sources::endpoint);
    this.authentication = new Once<>(sources::authentication);
  }

  /**
   * Everything, in the order of kinds.
   *
   * @param named servers to look at besides
   * @param folder with the files of a control plane
   */
  List<CertificateReport> run(List<InspectTarget.Server> named, Optional<Path> folder) {
    var reports = new ArrayList<CertificateReport>();
    var authorities = new AuthorityCheck(examiner);
    add(
        kinds.contains(CertificateKind.TENANTS) ? CertificateKind.TENANTS : CertificateKind.SERVICE,
        reports,
        this::accounts);
    add(CertificateKind.SERVER_CA, reports, () -> authorities.servers(endpoint.get().caBundle()));
    add(CertificateKind.CLIENT_CA, reports, () -> authorities.clients(authentication.get()));
    add(
        CertificateKind.FRONT_PROXY_CA,
        reports,
        () -> authorities.frontProxies(authentication.get()));
    add(CertificateKind.APISERVER, reports, this::publishedServer);
    add(CertificateKind.APISERVER, reports, this::apiServers);
    add(CertificateKind.KUBELET, reports, this::kubelets);
    var called = new CalledServiceCheck(servers);
    add(
        CertificateKind.WEBHOOK,
        reports,
        () ->
            Parallel.map(
                sources.webhooks(), service -> called.check(CertificateKind.WEBHOOK, service)));
    add(
        CertificateKind.APISERVICE,
        reports,
        () ->
            Parallel.map(
                sources.apiServices(),
                service -> called.check(CertificateKind.APISERVICE, service)));
    add(CertificateKind.LDAP, reports, this::directory);
    Optional<PkiFolder> pki =
        folder.map(path -> new PkiFolder(path, new FileInspection(examiner, Optional.empty())));
    pki.ifPresent(
        files -> reports.addAll(files.check(new KubeconfigInspection(files.files(), servers))));
    reports.addAll(named(named, pki.map(PkiFolder::authorities).orElse(List.of())));
    return Renewed.compare(reports);
  }

  /** A right that is missing costs the kind, and no more. */
  private void add(
      CertificateKind kind,
      List<CertificateReport> reports,
      Supplier<List<CertificateReport>> look) {
    if (!kinds.contains(kind)) {
      return;
    }
    try {
      reports.addAll(look.get());
    } catch (ClusterException e) {
      if (e.reason() == ClusterException.Reason.UNAVAILABLE) {
        throw e;
      }
      reports.add(
          CertificateReport.without(
              kind,
              "-",
              "cluster",
              Finding.unknown(
                  e.getMessage(),
                  "use a kubeconfig that may, or grant it: manifests/components/certificates")));
    }
  }

  /** One reading of the records serves both kinds. */
  private List<CertificateReport> accounts() {
    try (Cluster records = cluster.get()) {
      records.load();
      Map<String, String> names = AuthorityCheck.names(records.endpoint().clientCas());
      var reports = new ArrayList<CertificateReport>();
      if (kinds.contains(CertificateKind.TENANTS)) {
        reports.add(TenantSummary.of(records.records(), names, examiner.now()));
      }
      if (kinds.contains(CertificateKind.SERVICE)) {
        reports.addAll(ServiceSummary.of(settings.services(), records::observe, names, examiner));
      }
      return reports;
    }
  }

  /** As clients reach it by their kubeconfigs. */
  private List<CertificateReport> publishedServer() {
    return published()
        .map(server -> servers.inspect(CertificateKind.APISERVER, server, apiServer(server.host())))
        .orElseGet(
            () ->
                List.of(
                    CertificateReport.without(
                        CertificateKind.APISERVER,
                        endpoint.get().server(),
                        "kube-public",
                        Finding.broken(
                            "the server in kubeconfigs is no URL with a host",
                            "correct it in ConfigMap kube-public/cluster-info, or in cluster.server"
                                + " of the configuration"))));
  }

  /** Each by itself, behind whatever distributes the calls. */
  private List<CertificateReport> apiServers() {
    Optional<InspectTarget.Server> published = published();
    List<ServerAddress> others =
        sources.apiServers().stream()
            .filter(address -> !published.equals(Optional.of(server(address))))
            .toList();
    return Parallel.map(
        others,
        address ->
            servers.inspect(
                new ServerInspection.Question(
                    CertificateKind.APISERVER,
                    address.name(),
                    server(address),
                    published.map(InspectTarget.Server::host).orElse(address.host()),
                    Handshake.Prelude.NONE),
                apiServer(published.map(InspectTarget.Server::host).orElse(address.host()))));
  }

  private Optional<InspectTarget.Server> published() {
    return FileInspection.server(endpoint.get().server());
  }

  private Expectation apiServer(String host) {
    return Expectation.of(
            Purpose.SERVER,
            new Trust.Authorities(
                "the CAs in kubeconfigs",
                CaBundle.parse(endpoint.get().caBundle()),
                "publish its CA in ConfigMap kube-public/cluster-info, or issue it by one that is"),
            RENEW)
        .of(host);
  }

  /** By default each has signed its own, so that only dates are judged. */
  private List<CertificateReport> kubelets() {
    Expectation expected =
        Expectation.of(
            Purpose.SERVER,
            new Trust.NotCompared(),
            "restart the kubelet, which renews it, or approve its signing request");
    return Parallel.map(
        sources.kubelets(),
        node ->
            servers.inspect(
                new ServerInspection.Question(
                    CertificateKind.KUBELET,
                    node.name(),
                    server(node),
                    node.host(),
                    Handshake.Prelude.NONE),
                expected));
  }

  private List<CertificateReport> directory() {
    LdapSettings ldap = settings.ldap();
    List<LdapServer> secured =
        ldap.servers().stream()
            .filter(server -> server.security() != TransportSecurity.NONE)
            .toList();
    Trust trust = trust(ldap);
    return Parallel.map(
        secured,
        server ->
            servers.inspect(
                new ServerInspection.Question(
                    CertificateKind.LDAP,
                    server.toString(),
                    new InspectTarget.Server(server.host(), server.port()),
                    server.host(),
                    server.security() == TransportSecurity.STARTTLS
                        ? Handshake.Prelude.LDAP_STARTTLS
                        : Handshake.Prelude.NONE),
                Expectation.of(
                        Purpose.SERVER,
                        trust,
                        "renew it on the LDAP server: without it, no pass runs")
                    .of(server.host())));
  }

  private static Trust trust(LdapSettings ldap) {
    try {
      CaBundle bundle =
          ldap.trustedCa().isPresent()
              ? CaBundle.parse(BoundedFile.read(ldap.trustedCa().get()))
              : CaBundle.of(Handshake.systemAuthorities());
      return new Trust.Authorities(
          "the CAs that the connection file trusts",
          bundle,
          "name the CA of the LDAP server in the connection file");
    } catch (InputException | CredentialException | HandshakeException e) {
      return new Trust.Unreadable(e.getMessage(), "correct the connection file");
    }
  }

  private List<CertificateReport> named(
      List<InspectTarget.Server> named, List<ParsedCertificate> files) {
    if (named.isEmpty()) {
      return List.of();
    }
    var known = new ArrayList<>(files);
    for (Supplier<byte[]> pem :
        List.<Supplier<byte[]>>of(
            () -> endpoint.get().caBundle(), () -> endpoint.get().clientCas())) {
      try {
        known.addAll(CaBundle.parse(pem.get()).certificates());
      } catch (ClusterException | CredentialException _) {
        // Then it may lead to none that is known, which is said.
      }
    }
    Trust trust =
        new Trust.Authorities(
            "the CAs that are known here",
            CaBundle.of(known),
            "name a folder that has its CA with --pki",
            false);
    return Parallel.map(
        named,
        server ->
            servers.inspect(
                CertificateKind.SERVER,
                server,
                Expectation.of(
                        Purpose.SERVER, trust, "renew it on the server, and restart what serves it")
                    .of(server.host())));
  }

  private static InspectTarget.Server server(ServerAddress address) {
    return new InspectTarget.Server(address.host(), address.port());
  }
}
