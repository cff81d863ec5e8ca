package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities that the API server knows clients by: those in a file where one is configured,
 * else in {@code extension-apiserver-authentication} in {@code kube-system}, which every API server
 * keeps. Where that cannot be read, they are not known.
 */
final class ClientCas {
  private static final Logger LOG = LoggerFactory.getLogger(ClientCas.class);
  static final String NAMESPACE = "kube-system";
  static final String CONFIG_MAP = "extension-apiserver-authentication";
  static final String KEY = "client-ca-file";

  private final Optional<CaFile> file;
  private final ObjectCache<V1ConfigMap, byte[]> published;
  private volatile boolean readable;

  ClientCas(Resource<V1ConfigMap> configMaps, Optional<Path> file, InstantSource clock) {
    this.file = file.map(path -> new CaFile(path, requireNonNull(clock, "clock is null")));
    this.published =
        new ObjectCache<>(
            configMaps,
            Selection.named(NAMESPACE, CONFIG_MAP),
            map ->
                Optional.ofNullable(map.getData().get(KEY))
                    .map(pem -> pem.getBytes(StandardCharsets.UTF_8))
                    .filter(ClientCas::hasCertificates));
  }

  /**
   * Fails when a configured file cannot be used; what the cluster does not let us read may wait.
   */
  void load() {
    if (file.isPresent()) {
      file.get().load();
      return;
    }
    try {
      published.load();
      readable = true;
    } catch (ClusterException e) {
      if (e.reason() != ClusterException.Reason.FORBIDDEN) {
        throw e;
      }
      readable = false;
      LOG.warn(
          "The client CAs in ConfigMap {}/{} cannot be read, so each new certificate is tried in a"
              + " request: {}. Bind the Role extension-apiserver-authentication-reader, and start"
              + " again; or name a file with them in cluster.clientCa",
          NAMESPACE,
          CONFIG_MAP,
          e.getMessage());
    }
  }

  /** What is to be followed after it was loaded. */
  Optional<ObjectCache<V1ConfigMap, ?>> followed() {
    return readable ? Optional.of(published) : Optional.empty();
  }

  /** As PEM; empty when they are not known. */
  Optional<byte[]> current() {
    return file.map(CaFile::current).or(() -> published.get(NAMESPACE, CONFIG_MAP));
  }

  private static boolean hasCertificates(byte[] pem) {
    Optional<String> fault = CaFile.fault(pem);
    fault.ifPresent(
        reason ->
            LOG.warn(
                "The client CAs in ConfigMap {}/{} are no certificates, and are passed over: {}",
                NAMESPACE,
                CONFIG_MAP,
                reason));
    return fault.isEmpty();
  }
}
