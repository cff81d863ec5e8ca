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
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.directory.LdapDirectory;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.home.UnixHomes;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.template.TemplateCatalogue;
import io.github.maintainkubeusers.template.Templates;

/** The real edges: directory, cluster and homes, and the real clock and random source. */
final class ProgramModule extends AbstractModule {
    private final Settings settings;
    private final boolean local;

    ProgramModule(Settings settings, boolean local) {
        this.settings = settings;
        this.local = local;
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
    Catalogue catalogue(Clock clock) {
        return catalogue(settings, clock);
    }

    @Provides
    @Singleton
    Cluster cluster(Catalogue catalogue, SecureRandom random, Clock clock) {
        return connect(settings, local, catalogue, random, clock);
    }

    /** For a command that needs nothing but the cluster. */
    static Cluster connect(Settings settings, boolean local) {
        Clock clock = Clock.systemUTC();
        return connect(settings, local, catalogue(settings, clock), new SecureRandom(), clock);
    }

    private static Catalogue catalogue(Settings settings, Clock clock) {
        return new TemplateCatalogue(Templates.load(settings.templates()), settings.overrides(), clock);
    }

    private static Cluster connect(Settings settings, boolean local, Catalogue catalogue, SecureRandom random,
            Clock clock) {
        ClusterConnection connection = local
                ? ClusterConnection.fromKubeconfig(settings.calls(), clock)
                : ClusterConnection.inCluster(settings.calls(), clock);
        return new KubernetesCluster(connection, settings.cluster(), catalogue, random, clock);
    }

    @Provides
    @Singleton
    Homes homes(SecureRandom random, Clock clock) {
        return UnixHomes.open(settings.homes(), clock, random);
    }
}
