package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where kubeconfigs get server and CA from: the ConfigMap {@code cluster-info} in {@code
 * kube-public}, which kubeadm makes; else the server from configuration and the CA from {@code
 * kube-root-ca.crt}, which every cluster since 1.20 has. Whom the API server knows clients by
 * stands in {@code extension-apiserver-authentication} in {@code kube-system}, which every API
 * server keeps; where that cannot be read, the CA of kubeconfigs is taken for it.
 */
final class AccessSource {
  private static final Logger LOG = LoggerFactory.getLogger(AccessSource.class);
  private static final String NAMESPACE = "kube-public";
  private static final String CLUSTER_INFO = "cluster-info";
  private static final String ROOT_CA = "kube-root-ca.crt";
  static final String SYSTEM = "kube-system";
  static final String AUTHENTICATION = "extension-apiserver-authentication";

  static final String CLIENT_CAS = "client-ca-file";

  private final Optional<String> configuredServer;
  private final Mirror<V1ConfigMap, ClusterInfo> clusterInfo;
  private final Mirror<V1ConfigMap, byte[]> rootCa;
  private final Mirror<V1ConfigMap, byte[]> clientCas;

  AccessSource(ClusterConnection connection, Optional<String> configuredServer) {
    this.configuredServer = requireNonNull(configuredServer, "configuredServer is null");
    var configMaps =
        new Resource<>(connection, V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
    this.clusterInfo =
        new Mirror<>(
            configMaps,
            Selection.named(NAMESPACE, CLUSTER_INFO),
            map -> Optional.of(ClusterInfo.of(map)));
    this.rootCa =
        new Mirror<>(
            configMaps,
            Selection.named(NAMESPACE, ROOT_CA),
            map ->
                Optional.ofNullable(map.getData().get("ca.crt"))
                    .map(pem -> pem.getBytes(StandardCharsets.UTF_8)));
    this.clientCas =
        new Mirror<>(
            configMaps,
            Selection.named(SYSTEM, AUTHENTICATION),
            map ->
                Optional.ofNullable(map.getData().get(CLIENT_CAS))
                    .map(pem -> pem.getBytes(StandardCharsets.UTF_8))
                    .filter(AccessSource::hasCertificates));
  }

  Mirror<V1ConfigMap, ?> clusterInfo() {
    return clusterInfo;
  }

  Mirror<V1ConfigMap, ?> rootCa() {
    return rootCa;
  }

  Mirror<V1ConfigMap, ?> clientCas() {
    return clientCas;
  }

  /**
   * Reads the client CAs if the cluster lets it, because clusters whose server and clients have the
   * same authority work without.
   *
   * @return whether they can be followed
   */
  boolean loadClientCas() {
    try {
      clientCas.load();
      return true;
    } catch (ClusterException e) {
      if (e.reason() != ClusterException.Reason.FORBIDDEN) {
        throw e;
      }
      LOG.warn(
          "The client CAs in ConfigMap {}/{} cannot be read, and certificates are judged by the CA"
              + " of kubeconfigs: {}. Bind the Role extension-apiserver-authentication-reader, and"
              + " start again",
          SYSTEM,
          AUTHENTICATION,
          e.getMessage());
      return false;
    }
  }

  ClusterAccess access() {
    ClusterAccess access = reached();
    return clientCas
        .get(SYSTEM, AUTHENTICATION)
        .map(authorities -> new ClusterAccess(access.server(), access.caBundle(), authorities))
        .orElse(access);
  }

  private ClusterAccess reached() {
    Optional<ClusterInfo> published = clusterInfo.get(NAMESPACE, CLUSTER_INFO);
    Optional<ClusterAccess> access = published.flatMap(ClusterInfo::access);
    if (access.isPresent()) {
      return configuredServer
          .map(server -> new ClusterAccess(server, access.get().caBundle()))
          .orElse(access.get());
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
    return new ClusterAccess(server, bundle);
  }

  private static boolean hasCertificates(byte[] pem) {
    try {
      return !CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem))
          .isEmpty();
    } catch (CertificateException e) {
      LOG.warn(
          "The client CAs in ConfigMap {}/{} are no certificates, and are passed over: {}",
          SYSTEM,
          AUTHENTICATION,
          e.getMessage());
      return false;
    }
  }

  private static ClusterException unknown(String reason) {
    return new ClusterException(
        ClusterException.Reason.OTHER,
        "could not find out how the API server is reached from outside: " + reason);
  }
}
