package io.github.maintainkubeusers.app;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterConnection;
import io.github.maintainkubeusers.cluster.KubernetesCluster;
import io.github.maintainkubeusers.cluster.Leadership;
import io.github.maintainkubeusers.cluster.LeaseElection;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.directory.LdapDirectory;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.home.UnixHomes;

/** The real edges: directory, cluster and homes, and the real clock and random source. */
final class ProgramModule extends AbstractModule {
    private final Settings settings;
    private final boolean local;
    private final boolean elected;

    /** @param elected whether this process acts only while it leads */
    ProgramModule(Settings settings, boolean local, boolean elected) {
        this.settings = settings;
        this.local = local;
        this.elected = elected;
    }

    @Override
    protected void configure() {
        bind(Clock.class).toInstance(Clock.systemUTC());
        bind(InstantSource.class).to(Clock.class);
        bind(SecureRandom.class).toInstance(new SecureRandom());
    }

    @Provides
    @Singleton
    Directory directory(Clock clock) {
        return new LdapDirectory(settings.ldap(), settings.tools(), settings.admins(), clock);
    }

    @Provides
    @Singleton
    ClusterConnection connection() {
        return connection(settings, local);
    }

    @Provides
    @Singleton
    Leadership leadership(ClusterConnection connection, SecureRandom random, Clock clock) {
        return elected
                ? new LeaseElection(connection, settings.cluster().namespace(), settings.lease(),
                        Identity.ofProcess(random), clock)
                : Leadership.alone();
    }

    @Provides
    @Singleton
    Cluster cluster(ClusterConnection connection, Leadership leadership, SecureRandom random, Clock clock) {
        return new KubernetesCluster(connection.onlyWhileLeading(leadership), settings.cluster(), random, clock);
    }

    /** For a command that needs nothing but the cluster. */
    static Cluster connect(Settings settings, boolean local) {
        return new KubernetesCluster(connection(settings, local), settings.cluster(), new SecureRandom(),
                Clock.systemUTC());
    }

    private static ClusterConnection connection(Settings settings, boolean local) {
        return local
                ? ClusterConnection.fromKubeconfig(settings.callTimeout())
                : ClusterConnection.inCluster(settings.callTimeout());
    }

    @Provides
    @Singleton
    Homes homes(Leadership leadership, SecureRandom random, Clock clock) {
        return new LeadersHomes(UnixHomes.open(settings.homes(), clock, random), leadership);
    }
}
