package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.ServiceSummary;
import io.github.maintainkubeusers.certificates.SignerSummary;
import io.github.maintainkubeusers.certificates.TenantSummary;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.cluster.AuthenticationCas;
import io.github.maintainkubeusers.cluster.CalledService;
import io.github.maintainkubeusers.cluster.CertificateSources;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.cluster.ServerAddress;
import io.github.maintainkubeusers.cluster.ServicePods;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.Parallel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at every certificate that the cluster's users depend on, kind by kind. */
final class CertificateCheck {
  /** The kinds that are looked at without being named. */
  static final Set<CertificateKind> KINDS =
      Collections.unmodifiableSet(
          EnumSet.of(
              CertificateKind.TENANTS,
              CertificateKind.SERVICE,
              CertificateKind.SERVER_CA,
              CertificateKind.CLIENT_CA,
              CertificateKind.FRONT_PROXY_CA,
              CertificateKind.APISERVER,
              CertificateKind.TOKEN_KEYS,
              CertificateKind.SIGNER,
              CertificateKind.REQUESTS,
              CertificateKind.KUBELET,
              CertificateKind.WEBHOOK,
              CertificateKind.APISERVICE,
              CertificateKind.CONVERSION,
              CertificateKind.LDAP));

  /** Those of which the records of accounts tell. */
  private static final Set<CertificateKind> RECORDED =
      EnumSet.of(CertificateKind.TENANTS, CertificateKind.SERVICE, CertificateKind.SIGNER);

  private static final Parallel KINDS_AT_ONCE = Parallel.of(4);

  private final Set<CertificateKind> kinds;
  private final Settings settings;
  private final Examiner examiner;
  private final CertificateSources sources;
  private final Supplier<Cluster> records;
  private final ServerInspection servers;
  private final Supplier<ClusterEndpoint> endpoint;
  private final Supplier<AuthenticationCas> authentication;
  private final Supplier<List<ServerAddress>> addresses;
  private final Map<CertificateKind, Supplier<List<CalledService>>> called;
  private final Supplier<Optional<ServicePods>> pods;

  /**
   * @param kinds those of {@link #KINDS} that will be looked at
   * @param records gives what the cluster holds of accounts, already read
   */
  CertificateCheck(
      Set<CertificateKind> kinds,
      Settings settings,
      Examiner examiner,
      CertificateSources sources,
      Supplier<Cluster> records,
      Handshake handshake) {
    this.kinds = Set.copyOf(kinds);
    this.settings = settings;
    this.examiner = examiner;
    this.sources = sources;
    this.records = records;
    this.servers = new ServerInspection(examiner, handshake);
    this.endpoint = new Once<>(this::readEndpoint);
    this.authentication = new Once<>(sources::authentication);
    this.addresses = new Once<>(sources::apiServers);
    this.called =
        new EnumMap<>(
            Map.of(
                CertificateKind.WEBHOOK, new Once<>(sources::webhooks),
                CertificateKind.APISERVICE, new Once<>(sources::apiServices),
                CertificateKind.CONVERSION, new Once<>(sources::conversions)));
    this.pods = new Once<>(this::readPods);
  }

  /** Looks at all certificates of all kinds that were chosen, some kinds at once. */
  List<CertificateReport> look(
      BiFunction<CertificateKind, ClusterException, List<CertificateReport>> failed) {
    return KINDS_AT_ONCE.map(
        List.copyOf(EnumSet.copyOf(kinds)),
        kind -> look(kind, failure -> failed.apply(kind, failure)));
  }

  /**
   * Looks at all certificates of a kind.
   *
   * @param kind a chosen one
   * @param failed gives what to report where the API server did not tell a part; may throw
   */
  List<CertificateReport> look(
      CertificateKind kind, Function<ClusterException, List<CertificateReport>> failed) {
    var reports = new ArrayList<CertificateReport>();
    for (Supplier<List<CertificateReport>> part : parts(kind)) {
      try {
        reports.addAll(part.get());
      } catch (ClusterException e) {
        reports.addAll(failed.apply(e));
      }
    }
    return reports;
  }

  private List<Supplier<List<CertificateReport>>> parts(CertificateKind kind) {
    var authorities = new AuthorityCheck(examiner);
    var apiServers = new ApiServerCheck(servers, endpoint);
    return switch (kind) {
      case TENANTS -> List.of(this::tenants);
      case SERVICE -> List.of(this::services);
      case SERVER_CA -> List.of(() -> authorities.servers(endpoint.get().caBundle()));
      case CLIENT_CA -> List.of(() -> authorities.clients(authentication.get()));
      case FRONT_PROXY_CA -> List.of(() -> authorities.frontProxies(authentication.get()));
      case APISERVER -> List.of(apiServers::published, () -> apiServers.each(addresses.get()));
      case TOKEN_KEYS -> List.of(() -> apiServers.tokenKeys(addresses.get(), sources::tokenKeys));
      case SIGNER -> List.of(this::signer);
      case REQUESTS -> List.of(() -> List.of(RequestCheck.of(sources.requests(), examiner.now())));
      case KUBELET -> List.of(this::kubelets);
      case WEBHOOK, APISERVICE, CONVERSION -> List.of(() -> called(kind), () -> podsAreKnown(kind));
      case LDAP -> List.of(new LdapServerCheck(servers, settings.ldap())::check);
      case TOOL, ADMIN, SERVER, FILE, KUBECONFIG, SECRET ->
          throw new IllegalArgumentException(kind + " has no place of its own in the cluster");
    };
  }

  /**
   * Looks at what is named.
   *
   * @param named servers
   * @param folder with the files of a control plane
   */
  List<CertificateReport> lookAt(List<InspectTarget.Server> named, Optional<Path> folder) {
    Optional<PkiFolder> pki =
        folder.map(path -> new PkiFolder(path, new FileInspection(examiner, Optional.empty())));
    var reports = new ArrayList<CertificateReport>();
    pki.ifPresent(
        files -> reports.addAll(files.check(new KubeconfigInspection(files.files(), servers))));
    reports.addAll(named(named, pki.map(PkiFolder::authorities).orElse(List.of())));
    return reports;
  }

  private List<CertificateReport> tenants() {
    Cluster cluster = records.get();
    return List.of(TenantSummary.of(cluster.records(), authorities(cluster), examiner.now()));
  }

  private List<CertificateReport> services() {
    Cluster cluster = records.get();
    return ServiceSummary.of(settings.services(), cluster::observe, authorities(cluster), examiner);
  }

  private List<CertificateReport> signer() {
    Cluster cluster = records.get();
    return SignerSummary.of(
        cluster.records(),
        settings.cluster().signer(),
        settings.cluster().lifetime(),
        CaBundle.parse(cluster.endpoint().clientCas()),
        examiner);
  }

  /**
   * Where records are read in any case, they come with how clients and API server know each other.
   */
  private ClusterEndpoint readEndpoint() {
    if (kinds.stream().noneMatch(RECORDED::contains)) {
      return sources.endpoint();
    }
    try {
      return records.get().endpoint();
    } catch (ClusterException _) {
      return sources.endpoint(); // Their own rows tell of the records.
    }
  }

  /** The names of the CAs that sign for accounts, by fingerprint. */
  private static Map<String, String> authorities(Cluster cluster) {
    return AuthorityCheck.names(cluster.endpoint().clientCas());
  }

  private List<CertificateReport> called(CertificateKind kind) {
    List<CalledService> services = called.get(kind).get();
    var check = new CalledServiceCheck(servers, knownPods());
    return ServerInspection.SIDE_BY_SIDE.map(services, service -> check.check(kind, service));
  }

  /** Fails when it could not be read which pods stand behind what is called. */
  private List<CertificateReport> podsAreKnown(CertificateKind kind) {
    boolean needed;
    try {
      needed = called.get(kind).get().stream().anyMatch(one -> one.server().isPresent());
    } catch (ClusterException _) {
      return List.of(); // The row of what is called tells it.
    }
    if (needed) {
      Object _ = pods.get();
    }
    return List.of();
  }

  private Optional<ServicePods> knownPods() {
    try {
      return pods.get();
    } catch (ClusterException _) {
      return Optional.empty();
    }
  }

  /** Of all kinds at once, which takes one call. */
  private Optional<ServicePods> readPods() {
    var services = new ArrayList<ServerAddress>();
    for (Supplier<List<CalledService>> kind : called.values()) {
      try {
        kind.get().forEach(one -> one.server().ifPresent(services::add));
      } catch (ClusterException _) {
        // Its own row tells it.
      }
    }
    return services.isEmpty() ? Optional.empty() : sources.pods(services);
  }

  /** By default each has signed its own, so that only dates are judged. */
  private List<CertificateReport> kubelets() {
    Expectation expected =
        Expectation.of(
            Purpose.SERVER,
            new Trust.NotCompared(),
            "restart the kubelet, which renews it, or approve its signing request");
    return ServerInspection.SIDE_BY_SIDE.map(
        sources.kubelets(),
        node ->
            servers.inspect(
                new ServerInspection.Question(
                    CertificateKind.KUBELET,
                    node.name(),
                    InspectTarget.Server.of(node),
                    node.host(),
                    Handshake.Prelude.NONE),
                expected));
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
    return ServerInspection.SIDE_BY_SIDE.map(
        named,
        server ->
            servers.inspect(
                CertificateKind.SERVER,
                server,
                Expectation.of(
                        Purpose.SERVER, trust, "renew it on the server, and restart what serves it")
                    .of(server.host())));
  }
}
