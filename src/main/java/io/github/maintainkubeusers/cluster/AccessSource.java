package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.util.KubeConfig;

/**
 * Where kubeconfigs get server and CA from: the ConfigMap {@code cluster-info} in {@code kube-public}, which kubeadm
 * makes; else the server from configuration and the CA from {@code kube-root-ca.crt}, which every cluster since 1.20
 * has.
 */
final class AccessSource {
    private static final String NAMESPACE = "kube-public";
    private static final String CLUSTER_INFO = "cluster-info";
    private static final String ROOT_CA = "kube-root-ca.crt";

    private final Optional<String> configuredServer;
    private final Mirror<V1ConfigMap, Optional<ClusterAccess>> clusterInfo;
    private final Mirror<V1ConfigMap, byte[]> rootCa;

    AccessSource(ClusterConnection connection, Optional<String> configuredServer) {
        this.configuredServer = requireNonNull(configuredServer, "configuredServer is null");
        var configMaps = new Resource<>(connection, V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
        this.clusterInfo = new Mirror<>(configMaps, Selection.named(NAMESPACE, CLUSTER_INFO),
                map -> Optional.of(parse(map)));
        this.rootCa = new Mirror<>(configMaps, Selection.named(NAMESPACE, ROOT_CA),
                map -> Optional.ofNullable(map.getData().get("ca.crt"))
                        .map(pem -> pem.getBytes(StandardCharsets.UTF_8)));
    }

    Mirror<V1ConfigMap, ?> clusterInfo() {
        return clusterInfo;
    }

    Mirror<V1ConfigMap, ?> rootCa() {
        return rootCa;
    }

    ClusterAccess access() {
        Optional<ClusterAccess> published = clusterInfo.get(NAMESPACE, CLUSTER_INFO).flatMap(info -> info);
        if (published.isPresent()) {
            return configuredServer.map(server -> new ClusterAccess(server, published.get().caBundle()))
                    .orElse(published.get());
        }
        String server = configuredServer.orElseThrow(() -> unknown("there is no readable ConfigMap " + NAMESPACE + "/"
                + CLUSTER_INFO + ", and configuration does not give cluster.server"));
        byte[] bundle = rootCa.get(NAMESPACE, ROOT_CA).orElseThrow(
                () -> unknown(
                        "there is neither a readable ConfigMap " + NAMESPACE + "/" + CLUSTER_INFO + " nor " + ROOT_CA));
        return new ClusterAccess(server, bundle);
    }

    private static Optional<ClusterAccess> parse(V1ConfigMap map) {
        try {
            KubeConfig config = KubeConfig
                    .loadKubeConfig(new StringReader(map.getData().getOrDefault("kubeconfig", "")));
            var cluster = (java.util.Map<?, ?>) ((java.util.Map<?, ?>) config.getClusters().getFirst()).get("cluster");
            byte[] bundle = Base64.getDecoder().decode((String) cluster.get("certificate-authority-data"));
            return Optional.of(new ClusterAccess((String) cluster.get("server"), bundle));
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    private static ClusterException unknown(String reason) {
        return new ClusterException(ClusterException.Reason.OTHER,
                "could not find out how the API server is reached from outside: " + reason);
    }
}
