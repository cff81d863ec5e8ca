package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.TokenKeySummary;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.cluster.ServerAddress;
import io.github.maintainkubeusers.cluster.TokenKeys;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.kube.ClusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at what the API servers show. */
record ApiServerCheck(ServerInspection servers, Supplier<ClusterEndpoint> endpoint) {
  private static final String RENEW =
      "kubeadm certs renew apiserver on that machine, and restart kube-apiserver there";

  /** As clients reach it by their kubeconfigs. */
  List<CertificateReport> published() {
    return server()
        .map(server -> servers.inspect(CertificateKind.APISERVER, server, expected(server.host())))
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

  /**
   * Each by itself, behind whatever distributes the calls.
   *
   * @param addresses of all of them
   */
  List<CertificateReport> each(List<ServerAddress> addresses) {
    Optional<InspectTarget.Server> published = server();
    List<ServerAddress> others =
        addresses.stream()
            .filter(address -> !published.equals(Optional.of(InspectTarget.Server.of(address))))
            .toList();
    return ServerInspection.SIDE_BY_SIDE.map(
        others,
        address -> {
          String calledBy = published.map(InspectTarget.Server::host).orElse(address.host());
          return servers.inspect(
              new ServerInspection.Question(
                  CertificateKind.APISERVER,
                  address.name(),
                  InspectTarget.Server.of(address),
                  calledBy,
                  Handshake.Prelude.NONE),
              expected(calledBy));
        });
  }

  /**
   * By which keys each knows ServiceAccount tokens; where they do not make themselves known, the
   * published one alone.
   *
   * @param addresses of all of them
   * @param read asks one, and fails when it does not tell
   */
  List<CertificateReport> tokenKeys(
      List<ServerAddress> addresses, Function<ServerAddress, TokenKeys> read) {
    List<ServerAddress> asked =
        addresses.isEmpty()
            ? server()
                .map(one -> new ServerAddress(one.toString(), one.host(), one.port()))
                .stream()
                .toList()
            : addresses;
    var keys = new TreeMap<String, Set<String>>();
    var reports = new ArrayList<CertificateReport>();
    for (ServerAddress address : asked) {
      try {
        keys.put(address.name(), read.apply(address).ids());
      } catch (ClusterException e) {
        reports.add(
            CertificateReport.without(
                CertificateKind.TOKEN_KEYS,
                address.name(),
                "/openid/v1/jwks",
                Finding.unknown(
                    e.getMessage(),
                    e.reason() == ClusterException.Reason.FORBIDDEN
                        ? "bind the ClusterRole system:service-account-issuer-discovery"
                        : "run this where that server can be reached under its own address")));
      }
    }
    reports.addAll(0, TokenKeySummary.of(keys));
    return reports;
  }

  private Optional<InspectTarget.Server> server() {
    return FileInspection.server(endpoint.get().server());
  }

  private Expectation expected(String host) {
    return Expectation.of(
            Purpose.SERVER,
            new Trust.Authorities(
                "the CAs in kubeconfigs",
                CaBundle.parse(endpoint.get().caBundle()),
                "publish its CA in ConfigMap kube-public/cluster-info, or issue it by one that is"),
            RENEW)
        .of(host);
  }
}
