package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.InvalidValueException;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.util.KubeConfig;
import java.io.StringReader;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ConfigMap {@code cluster-info} says.
 *
 * @param fault why it cannot be used; empty when it can
 */
record ClusterInfo(Optional<ClusterEndpoint> endpoint, String fault) {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterInfo.class);

  /** Read once for each of its versions: what is wrong with it is logged as often. */
  static ClusterInfo of(V1ConfigMap map) {
    try {
      return new ClusterInfo(Optional.of(parse(map)), "");
    } catch (InvalidValueException e) {
      LOG.warn(
          "ConfigMap {}/{} cannot be used for kubeconfigs: {}",
          map.getMetadata().getNamespace(),
          map.getMetadata().getName(),
          e.getMessage());
      return new ClusterInfo(Optional.empty(), e.getMessage());
    }
  }

  private static ClusterEndpoint parse(V1ConfigMap map) {
    String text = map.getData() == null ? null : map.getData().get("kubeconfig");
    if (text == null) {
      throw new InvalidValueException("it has no key kubeconfig");
    }
    Map<?, ?> cluster = cluster(text);
    return new ClusterEndpoint(
        server(cluster.get("server")),
        bundle(cluster.get("certificate-authority-data")),
        Optional.empty());
  }

  private static Map<?, ?> cluster(String text) {
    try {
      List<?> clusters = KubeConfig.loadKubeConfig(new StringReader(text)).getClusters();
      if (clusters != null
          && !clusters.isEmpty()
          && clusters.getFirst() instanceof Map<?, ?> entry
          && entry.get("cluster") instanceof Map<?, ?> cluster) {
        return cluster;
      }
    } catch (RuntimeException e) {
      throw new InvalidValueException("its kubeconfig is not YAML of a kubeconfig", e);
    }
    throw new InvalidValueException("its kubeconfig names no cluster");
  }

  /**
   * Clients would send their requests, and what they prove who they are with, to whoever answers
   * there.
   */
  private static String server(Object server) {
    String text = String.valueOf(server);
    try {
      URI uri = URI.create(text);
      if (Objects.equals(uri.getScheme(), "https")
          && uri.getHost() != null
          && uri.getUserInfo() == null) {
        return text;
      }
    } catch (IllegalArgumentException _) {
      LOG.debug("The server is no URI");
    }
    throw new InvalidValueException(
        "its server "
            + InvalidValueException.quoted(text)
            + " is not a URL like https://HOST:PORT");
  }

  private static byte[] bundle(Object data) {
    try {
      if (data instanceof String text && !text.isBlank()) {
        return Base64.getDecoder().decode(text);
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("its certificate-authority-data is not base64", e);
    }
    throw new InvalidValueException("it has no certificate-authority-data");
  }
}
