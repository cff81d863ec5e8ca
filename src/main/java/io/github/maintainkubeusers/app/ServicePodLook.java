package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.cluster.ServerAddress;
import java.util.List;

/**
 * Looks at what a Service shows: each pod's, because a Service hands each connection to another.
 *
 * @param name in reports
 */
record ServicePodLook(
    ServerInspection servers, CertificateKind kind, String name, ServerAddress service) {
  private static final int MOST_PODS = 8;

  /**
   * A report for each pod; for the Service by its name where its pods are not known. Where that
   * name has no address, this is no pod of the cluster, from which pods could be reached.
   *
   * @return at least one
   */
  List<CertificateReport> look(List<ServerAddress> pods, Expectation expected) {
    var server = InspectTarget.Server.of(service);
    return pods.isEmpty() || !servers.isKnown(server)
        ? inspect(server, expected)
        : pods.stream()
            .limit(MOST_PODS)
            .flatMap(pod -> inspect(InspectTarget.Server.of(pod), expected).stream())
            .toList();
  }

  private List<CertificateReport> inspect(InspectTarget.Server server, Expectation expected) {
    return servers.inspect(
        new ServerInspection.Question(kind, name, server, service.host(), Handshake.Prelude.NONE),
        expected);
  }
}
