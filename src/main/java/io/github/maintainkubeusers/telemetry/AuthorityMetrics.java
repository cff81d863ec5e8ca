package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When the authorities of the cluster's CA bundle end. */
final class AuthorityMetrics implements ControllerListener {
  private static final Logger LOG = LoggerFactory.getLogger(AuthorityMetrics.class);

  /** As much of a fingerprint as people compare. */
  private static final int SHORT = 16;

  private final Cluster cluster;
  private byte[] bundle = {};
  private volatile Map<String, Instant> ends = Map.of();

  AuthorityMetrics(PrometheusRegistry registry, Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    Metric.CLUSTER_CA_END.gauge(
        registry,
        sink ->
            ends.forEach(
                (fingerprint, end) -> sink.put(Seconds.of(end), fingerprint.substring(0, SHORT))));
  }

  @Override
  public void onEvent(ControllerEvent event) {
    if (event instanceof ControllerEvent.PassFinished) {
      refresh();
    }
  }

  private void refresh() {
    try {
      byte[] current = cluster.endpoint().caBundle();
      if (!Arrays.equals(current, bundle)) {
        ends = CaBundle.parse(current).ends();
        bundle = current;
      }
    } catch (ClusterException | CredentialException e) {
      LOG.debug("The cluster's CA bundle is not known", e); // those who need it say so
    }
  }
}
