package io.github.maintainkubeusers.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.github.maintainkubeusers.cluster.CertificateSources;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.EventWriter;
import io.github.maintainkubeusers.cluster.FaultMap;
import io.github.maintainkubeusers.cluster.FaultStore;
import io.github.maintainkubeusers.cluster.KubernetesCluster;
import io.github.maintainkubeusers.cluster.KubernetesEvents;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.directory.LdapDirectory;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.home.UnixHomes;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterListener;
import io.github.maintainkubeusers.kube.Leadership;
import io.github.maintainkubeusers.kube.LeaseElection;
import io.github.maintainkubeusers.kube.LeaseStatus;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.reconcile.SteadyClock;
import io.github.maintainkubeusers.template.TemplateCatalogue;
import io.github.maintainkubeusers.template.Templates;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;

/** The real edges: directory, cluster and homes, and the real clock and random source. */
final class ProgramModule extends AbstractModule {
  private final Settings settings;
  private final boolean local;
  private final boolean elected;

  /**
   * @param elected whether this process acts only while it leads
   */
  ProgramModule(Settings settings, boolean local, boolean elected) {
    this.settings = settings;
    this.local = local;
    this.elected = elected;
  }

  @Override
  protected void configure() {
    bind(Clock.class).toInstance(Clock.systemUTC());
    bind(InstantSource.class).to(Clock.class);
    bind(SteadyClock.class).toInstance(new SteadyClock());
    bind(SecureRandom.class).toInstance(new SecureRandom());
  }

  @Provides
  @Singleton
  Directory directory(Clock clock) {
    return directory(settings, clock);
  }

  static Directory directory(Settings settings, Clock clock) {
    return new LdapDirectory(settings.ldap(), settings.tools(), settings.admins(), clock);
  }

  @Provides
  @Singleton
  Catalogue catalogue(Clock clock) {
    return catalogue(settings, clock);
  }

  @Provides
  @Singleton
  ClusterConnection connection(Clock clock, ClusterListener listener) {
    return connection(settings, local, clock, listener);
  }

  @Provides
  @Singleton
  Leadership leadership(ClusterConnection connection, SecureRandom random, Clock clock) {
    return elected
        ? new LeaseElection(
            connection,
            settings.cluster().namespace(),
            settings.lease(),
            ReplicaIdentity.ofProcess(random),
            clock)
        : Leadership.alone();
  }

  @Provides
  @Singleton
  Cluster cluster(
      ClusterConnection connection,
      Leadership leadership,
      Catalogue catalogue,
      SecureRandom random,
      Clock clock) {
    return new KubernetesCluster(
        connection.onlyWhileLeading(leadership),
        settings.cluster(),
        catalogue,
        settings.services(),
        random,
        clock);
  }

  @Provides
  @Singleton
  EventWriter events(ClusterConnection connection) {
    return new KubernetesEvents(connection, settings.cluster().namespace());
  }

  @Provides
  @Singleton
  FaultStore faults(ClusterConnection connection) {
    return new FaultMap(connection, settings.cluster().namespace());
  }

  /** For a command that needs nothing but the cluster. */
  static Cluster connect(Settings settings, boolean local) {
    Clock clock = Clock.systemUTC();
    return new KubernetesCluster(
        connection(settings, local, clock, ClusterListener.NONE),
        settings.cluster(),
        catalogue(settings, clock),
        settings.services(),
        new SecureRandom(),
        clock);
  }

  /** For a command that looks at the certificates of the cluster. */
  static CertificateSources certificateSources(Settings settings, boolean local) {
    Clock clock = Clock.systemUTC();
    return new CertificateSources(
        connection(settings, local, clock, ClusterListener.NONE), settings.cluster(), clock);
  }

  /** Whether a controller leads, somewhere: it then acts on what is written to the cluster. */
  static boolean isLed(Settings settings, boolean local) {
    Clock clock = Clock.systemUTC();
    try (ClusterConnection connection = connection(settings, local, clock, ClusterListener.NONE)) {
      return LeaseStatus.isHeld(
          connection, settings.cluster().namespace(), settings.lease().name(), clock.instant());
    }
  }

  static Catalogue catalogue(Settings settings, Clock clock) {
    return new TemplateCatalogue(
        Templates.load(settings.templates()), settings.overrides(), settings.services(), clock);
  }

  private static ClusterConnection connection(
      Settings settings, boolean local, Clock clock, ClusterListener listener) {
    return local
        ? ClusterConnection.fromKubeconfig(settings.calls(), clock, listener)
        : ClusterConnection.inCluster(settings.calls(), clock, listener);
  }

  @Provides
  @Singleton
  Homes homes(Leadership leadership, SecureRandom random, SteadyClock clock) {
    return new LeaderOnlyHomes(homes(settings, clock, random), leadership);
  }

  static Homes homes(Settings settings, SteadyClock clock, SecureRandom random) {
    return UnixHomes.open(settings.homes(), clock, random);
  }
}
