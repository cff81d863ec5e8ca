package io.github.maintainkubeusers.app;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.util.Modules;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.config.CommandLineArguments;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.config.SettingsLoader;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.kube.CallPolicy;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterListener;
import io.github.maintainkubeusers.reconcile.Controller;
import io.github.maintainkubeusers.reconcile.PassReport;
import io.github.maintainkubeusers.reconcile.ReconcileModule;
import io.github.maintainkubeusers.reconcile.SteadyClock;
import io.github.maintainkubeusers.telemetry.Telemetry;
import io.github.maintainkubeusers.telemetry.TelemetryModule;
import io.github.maintainkubeusers.testing.MovedClock;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The program with its real edges in the test's own process, by a clock that a test moves. */
final class InProcess implements AutoCloseable {
  final MovedClock clock = new MovedClock();
  private final Injector injector;

  private InProcess(World world) {
    var arguments =
        new CommandLineArguments(
            Optional.of(world.folder().resolve("config.yaml")),
            Optional.of(world.folder().resolve("ldap.yaml")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Settings settings = new SettingsLoader(arguments).load();
    injector =
        Guice.createInjector(
            Modules.override(new ProgramModule(settings, true, false))
                .with(new Edges(world.folder().resolve("kubeconfig"), clock)),
            new ReconcileModule(
                settings.project(),
                settings.admission(),
                settings.credentials(),
                settings.passes(),
                settings.removals(),
                settings.services()),
            new TelemetryModule(settings.telemetry()));
  }

  static InProcess start(World world) {
    return new InProcess(world);
  }

  PassReport pass() {
    return injector.getInstance(Controller.class).pass();
  }

  /** What somebody else has changed comes to be known by watches, which may take a moment. */
  void passUntil(String what, BooleanSupplier condition) {
    Waiting.until(
        what,
        Duration.ofSeconds(60),
        () -> {
          Object _ = pass();
          return condition.getAsBoolean();
        });
  }

  @Override
  public void close() {
    injector.getInstance(Controller.class).close();
    injector.getInstance(Telemetry.class).close();
    injector.getInstance(Cluster.class).close();
    injector.getInstance(Homes.class).close();
    injector.getInstance(Directory.class).close();
  }

  /**
   * What differs from the program as it is deployed: the clock, and where the kubeconfig is found.
   */
  private static final class Edges extends AbstractModule {
    private final Path kubeconfig;
    private final MovedClock clock;

    Edges(Path kubeconfig, MovedClock clock) {
      this.kubeconfig = kubeconfig;
      this.clock = clock;
    }

    @Override
    protected void configure() {
      bind(Clock.class).toInstance(clock);
      bind(SteadyClock.class).toInstance(new SteadyClock(clock::nanoTime));
    }

    @Provides
    @Singleton
    ClusterConnection connection(ClusterListener listener) {
      return ClusterConnection.fromKubeconfig(
          kubeconfig, new CallPolicy(Duration.ofSeconds(10), 0), clock, listener);
    }
  }
}
