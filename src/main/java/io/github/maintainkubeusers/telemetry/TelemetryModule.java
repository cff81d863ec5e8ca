package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.EventWriter;
import io.github.maintainkubeusers.cluster.FaultStore;
import io.github.maintainkubeusers.kube.ClusterListener;
import io.github.maintainkubeusers.kube.Leadership;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import io.github.maintainkubeusers.reconcile.SteadyClock;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;

/** Lets telemetry hear of everything. */
public final class TelemetryModule extends AbstractModule {
  private final TelemetrySettings settings;

  public TelemetryModule(TelemetrySettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  @Override
  protected void configure() {
    bind(PrometheusRegistry.class).toInstance(new PrometheusRegistry());
    bind(ControllerListener.class).to(Telemetry.class);
  }

  @Provides
  @Singleton
  WatchAges watchAges(SteadyClock clock) {
    return new WatchAges(clock);
  }

  @Provides
  @Singleton
  ClusterListener clusterListener(PrometheusRegistry registry, WatchAges watches) {
    return new ClusterMetrics(registry, watches);
  }

  @Provides
  @Singleton
  Telemetry telemetry(
      PrometheusRegistry registry,
      WatchAges watches,
      Cluster cluster,
      EventWriter writer,
      FaultStore faults,
      Leadership leadership,
      InstantSource clock,
      SteadyClock steady) {
    return new Telemetry(
        settings, registry, watches, cluster, writer, faults, leadership::isLeader, clock, steady);
  }
}
