package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where kubeconfigs get server and CA from: the ConfigMap {@code cluster-info} in {@code
 * kube-public}, which kubeadm makes; else the server from configuration and the CA from {@code
 * kube-root-ca.crt}, which every cluster since 1.20 has.
 */
final class EndpointSource {
  private static final String NAMESPACE = "kube-public";
  private static final String CLUSTER_INFO = "cluster-info";
  private static final String ROOT_CA = "kube-root-ca.crt";

  private final Optional<String> configuredServer;
  private final ObjectCache<V1ConfigMap, ClusterInfo> clusterInfo;
  private final ObjectCache<V1ConfigMap, byte[]> rootCa;
  private final ClientCas clientCas;

  EndpointSource(ClusterConnection connection, ClusterSettings settings, InstantSource clock) {
    this.configuredServer = settings.server();
    var configMaps =
        new Resource<>(connection, V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
    this.clusterInfo =
        new ObjectCache<>(
            configMaps,
            Selection.named(NAMESPACE, CLUSTER_INFO),
            map -> Optional.of(ClusterInfo.of(map)));
    this.rootCa =
        new ObjectCache<>(
            configMaps,
            Selection.named(NAMESPACE, ROOT_CA),
            map ->
                Optional.ofNullable(map.getData().get("ca.crt"))
                    .map(pem -> pem.getBytes(StandardCharsets.UTF_8)));
    this.clientCas = new ClientCas(configMaps, settings.clientCa(), clock);
  }

  ObjectCache<V1ConfigMap, ?> clusterInfo() {
    return clusterInfo;
  }

  ObjectCache<V1ConfigMap, ?> rootCa() {
    return rootCa;
  }

  ClientCas clientCas() {
    return clientCas;
  }

  ClusterEndpoint endpoint() {
    ClusterEndpoint endpoint = reached();
    return new ClusterEndpoint(endpoint.server(), endpoint.caBundle(), clientCas.current());
  }

  private ClusterEndpoint reached() {
    Optional<ClusterInfo> published = clusterInfo.get(NAMESPACE, CLUSTER_INFO);
    Optional<ClusterEndpoint> endpoint = published.flatMap(ClusterInfo::endpoint);
    if (endpoint.isPresent()) {
      return configuredServer
          .map(server -> new ClusterEndpoint(server, endpoint.get().caBundle(), Optional.empty()))
          .orElse(endpoint.get());
    }
    String fault =
        published
            .map(
                info ->
                    "ConfigMap "
                        + NAMESPACE
                        + "/"
                        + CLUSTER_INFO
                        + " cannot be used: "
                        + info.fault())
            .orElse("there is no ConfigMap " + NAMESPACE + "/" + CLUSTER_INFO);
    String server =
        configuredServer.orElseThrow(
            () -> unknown(fault + ", and configuration does not give cluster.server"));
    byte[] bundle =
        rootCa
            .get(NAMESPACE, ROOT_CA)
            .orElseThrow(
                () -> unknown(fault + ", and there is no ConfigMap " + NAMESPACE + "/" + ROOT_CA));
    return new ClusterEndpoint(server, bundle, Optional.empty());
  }

  private static ClusterException unknown(String reason) {
    return new ClusterException(
        ClusterException.Reason.OTHER,
        "could not find out how the API server is reached from outside: " + reason);
  }
}
