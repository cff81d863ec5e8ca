package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.EventWriter;
import io.github.maintainkubeusers.cluster.FaultStore;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that is told of the controller. Nothing is served before it is asked for. */
public final class Telemetry implements ControllerListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

  private final TelemetrySettings settings;
  private final PrometheusRegistry registry;
  private final Liveness liveness;
  private final Health health;
  private final EventQueue events;
  private final FaultReporter faults;
  private final List<ControllerListener> listeners;
  private final CertificateMetrics certificates;
  private List<HttpEndpoint> endpoints = List.of();

  /**
   * @param clock for dates
   * @param steady for intervals
   */
  Telemetry(
      TelemetrySettings settings,
      PrometheusRegistry registry,
      WatchAges watches,
      Cluster cluster,
      EventWriter writer,
      FaultStore faultStore,
      BooleanSupplier leads,
      InstantSource clock,
      InstantSource steady) {
    this.settings = requireNonNull(settings, "settings is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.liveness = new Liveness(steady, settings.stuckAfter());
    this.health = new Health(liveness, watches);
    Metric.LEADER.gauge(registry, sink -> sink.put(leads.getAsBoolean() ? 1 : 0));
    this.certificates = new CertificateMetrics(registry, leads);
    this.events = EventQueue.start(writer, registry);
    this.faults = new FaultReporter(faultStore, clock);
    var deduplicator = new EventDeduplicator(settings.events() ? events : _ -> {}, steady);
    this.listeners =
        List.of(
            health,
            new PassMetrics(registry, clock, steady),
            new WorkMetrics(registry),
            new AccountMetrics(registry, cluster, clock),
            new HomeMetrics(registry, settings.roots()),
            new AuthorityMetrics(registry, cluster),
            new EventPublisher(cluster, deduplicator),
            faults);
  }

  /** Serves metrics and probes from now on, where the settings say. */
  public synchronized void serve() {
    endpoints =
        Stream.concat(
                settings
                    .listen()
                    .map(address -> HttpEndpoint.start(address, registry, health))
                    .stream(),
                settings.probes().map(address -> HttpEndpoint.probes(address, health)).stream())
            .toList();
  }

  /** Whether what the cluster holds is known, and kept up to date. */
  public boolean isReady() {
    return health.ready().good();
  }

  /**
   * Shows what was found out about certificates from now on, in place of what was found out before.
   *
   * @param reports by kind; nothing is known of a kind that is not there
   */
  public void showCertificates(Map<CertificateKind, List<CertificateReport>> reports) {
    certificates.show(reports);
  }

  /** Says that passes are to be expected from now on, so that their absence is a fault. */
  public void expectPasses() {
    liveness.expect();
  }

  /** A fault of telemetry does not disturb the work that it reports. */
  @Override
  public void onEvent(ControllerEvent event) {
    for (ControllerListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        LOG.error("Internal error while handling event {}", event.getClass().getSimpleName(), e);
      }
    }
  }

  @Override
  public synchronized void close() {
    endpoints.forEach(HttpEndpoint::close);
    events.close();
    faults.close();
  }
}
