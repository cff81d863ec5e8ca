package io.github.maintainkubeusers.app;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import io.github.maintainkubeusers.certificates.CertificateIndex;
import io.github.maintainkubeusers.cluster.CertificateSources;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.FaultStore;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.gateway.GatewayEndpoint;
import io.github.maintainkubeusers.gateway.GatewaySettings;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.Leadership;
import io.github.maintainkubeusers.reconcile.Controller;
import io.github.maintainkubeusers.reconcile.ReconcileModule;
import io.github.maintainkubeusers.reconcile.SteadyClock;
import io.github.maintainkubeusers.telemetry.Telemetry;
import io.github.maintainkubeusers.telemetry.TelemetryModule;
import java.time.Clock;
import java.time.Duration;

/** The controller and the edges that it holds, closed in the reverse order of their making. */
final class Program implements AutoCloseable {
  private final Injector injector;

  private Program(Injector injector) {
    this.injector = injector;
  }

  /**
   * @param elected whether it acts only while it leads
   * @throws RuntimeException of the edge that could not be opened
   */
  static Program start(Settings settings, boolean local, boolean elected) {
    try {
      return new Program(injector(settings, local, elected));
    } catch (CreationException e) {
      // What an edge says of itself is what a person can act on.
      throw e.getErrorMessages().stream()
          .map(Message::getCause)
          .filter(RuntimeException.class::isInstance)
          .map(RuntimeException.class::cast)
          .findFirst()
          .orElse(e);
    }
  }

  private static Injector injector(Settings settings, boolean local, boolean elected) {
    return Guice.createInjector(
        Stage.PRODUCTION,
        binder -> {
          binder.requireExplicitBindings();
          binder.disableCircularProxies();
          binder.requireAtInjectOnConstructors();
          binder.requireExactBindingAnnotations();
        },
        new ProgramModule(settings, local, elected),
        new ReconcileModule(
            settings.project(),
            settings.admission(),
            settings.credentials(),
            settings.passes(),
            settings.removals(),
            settings.services()),
        new TelemetryModule(settings.telemetry()));
  }

  Controller controller() {
    return injector.getInstance(Controller.class);
  }

  Telemetry telemetry() {
    return injector.getInstance(Telemetry.class);
  }

  /** Lets gateways ask from now on; a replica that stands by answers as well. */
  GatewayEndpoint serveGateways(GatewaySettings settings) {
    Cluster cluster = cluster();
    return GatewayEndpoint.start(
        settings,
        new CertificateIndex(
            cluster::records, cluster::observe, Clock.systemUTC(), System::nanoTime),
        telemetry()::isReady);
  }

  /** Looks at the cluster's certificates whenever it is run and the time has come. */
  CertificateWatch certificateWatch(Settings settings, Duration interval) {
    Cluster cluster = cluster();
    // Its connection is the program's, and closed with it.
    var sources = new CertificateSources(connection(), settings.cluster(), Clock.systemUTC());
    return new CertificateWatch(
        interval,
        CertificateWatch.LONGEST,
        leadership()::isLeader,
        injector.getInstance(SteadyClock.class),
        () ->
            new CertificateCheck(
                    CertificateCheck.KINDS,
                    settings,
                    ExaminationOptions.standard(),
                    sources,
                    () -> loaded(cluster),
                    ExaminationOptions.handshake())
                ::look,
        telemetry()::showCertificates);
  }

  private Cluster loaded(Cluster cluster) {
    if (!telemetry().isReady()) {
      throw new ClusterException(
          ClusterException.Reason.NOT_YET,
          "could not read the records of accounts: they are being loaded");
    }
    return cluster;
  }

  Leadership leadership() {
    return injector.getInstance(Leadership.class);
  }

  ClusterConnection connection() {
    return injector.getInstance(ClusterConnection.class);
  }

  Cluster cluster() {
    return injector.getInstance(Cluster.class);
  }

  FaultStore faults() {
    return injector.getInstance(FaultStore.class);
  }

  Homes homes() {
    return injector.getInstance(Homes.class);
  }

  @Override
  public void close() {
    controller().close();
    telemetry().close();
    leadership().close();
    cluster().close();
    homes().close();
    injector.getInstance(Directory.class).close();
  }
}
