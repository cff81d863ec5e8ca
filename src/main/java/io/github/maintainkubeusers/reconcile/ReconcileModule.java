package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.InstantSource;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.plan.Admission;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.DeparturePolicy;
import io.github.maintainkubeusers.plan.Planner;

/** Joins the edges into a controller. */
public final class ReconcileModule extends AbstractModule {
    private final AdmissionPolicy admission;
    private final CredentialPolicy credentials;
    private final PassPolicy passes;
    private final DeparturePolicy departures;

    public ReconcileModule(AdmissionPolicy admission, CredentialPolicy credentials, PassPolicy passes,
            DeparturePolicy departures) {
        this.admission = requireNonNull(admission, "admission is null");
        this.credentials = requireNonNull(credentials, "credentials is null");
        this.passes = requireNonNull(passes, "passes is null");
        this.departures = requireNonNull(departures, "departures is null");
    }

    @Provides
    @Singleton
    HomeFiles homeFiles(Homes homes, Cluster cluster) {
        return new HomeFiles(homes, cluster, credentials);
    }

    @Provides
    @Singleton
    Credentials credentials(Cluster cluster, SecureRandom random, InstantSource clock) {
        return new Credentials(cluster, credentials, random, clock);
    }

    @Provides
    @Singleton
    StepRunner stepRunner(Cluster cluster, Credentials issuer, HomeFiles homeFiles, InstantSource clock) {
        return new StepRunner(cluster, issuer, homeFiles, clock);
    }

    @Provides
    @Singleton
    Controller controller(Directory directory, Cluster cluster, Catalogue catalogue, Credentials issuer,
            StepRunner runner, HomeFiles homeFiles, SecureRandom random, InstantSource clock, PassListener listener) {
        var faults = new Faults();
        var authorities = new ClusterAuthorities(cluster, issuer, clock);
        var progress = new Progress();
        var waves = new Waves(passes.routinePerMinute(), passes.urgentPerMinute(), cluster::complaint, clock);
        var clockGuard = new ClockGuard(cluster, passes.clockTolerance());
        var plans = new AccountPlans(cluster, catalogue, new Planner(passes.grace(), passes.refreshes()), authorities,
                clock);
        var reconciler = new AccountReconciler(cluster, plans, waves, progress, runner, homeFiles,
                new HomeChecks(passes.homeCheck()), new Backoff(random), clockGuard, faults, listener, clock,
                passes.concurrency());
        return new Controller(directory, cluster, new Admission(admission), reconciler,
                new Departures(cluster, departures, clock), catalogue, authorities, progress,
                clockGuard, faults, listener, clock);
    }
}
