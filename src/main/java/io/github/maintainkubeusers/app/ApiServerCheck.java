package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.cluster.ServerAddress;
import io.github.maintainkubeusers.credential.CaBundle;
import java.util.List;
import java.util.Optional;
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
    return Parallel.map(
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
