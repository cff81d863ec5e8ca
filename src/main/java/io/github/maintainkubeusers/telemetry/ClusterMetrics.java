package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.kube.ClusterListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is counted of the API server: calls, signatures, watches, and the end of its certificate.
 */
final class ClusterMetrics implements ClusterListener {
  private final WatchAges watches;
  private final Counter calls;
  private final Histogram waits;
  private volatile Optional<Instant> certificateEnd = Optional.empty();

  ClusterMetrics(PrometheusRegistry registry, WatchAges watches) {
    this.watches = requireNonNull(watches, "watches is null");
    this.calls = Metric.API_CALLS.counter(registry);
    this.waits = Metric.CSR_WAIT_SECONDS.histogram(registry);
    Metric.WATCH_AGE_SECONDS.gauge(registry, this::ages);
    Metric.API_CERTIFICATE_END.gauge(registry, this::end);
  }

  @Override
  public void called(String verb, int code) {
    calls.labelValues(verb, Integer.toString(code)).inc();
  }

  @Override
  public void served(Instant notAfter) {
    certificateEnd = Optional.of(notAfter);
  }

  @Override
  public void heard(String mirror) {
    watches.heard(mirror);
  }

  @Override
  public void signed(Duration waited) {
    waits.observe(Seconds.of(waited));
  }

  private void ages(Metric.Sink sink) {
    watches.ages().forEach((mirror, age) -> sink.put(Seconds.of(age), mirror));
  }

  private void end(Metric.Sink sink) {
    certificateEnd.ifPresent(notAfter -> sink.put(Seconds.of(notAfter)));
  }
}
