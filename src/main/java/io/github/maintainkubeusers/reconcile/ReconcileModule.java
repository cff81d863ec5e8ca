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
import io.github.maintainkubeusers.plan.Planner;

/** Joins the edges into a controller. */
public final class ReconcileModule extends AbstractModule {
    private final AdmissionPolicy admission;
    private final CredentialPolicy credentials;
    private final PassPolicy passes;

    public ReconcileModule(AdmissionPolicy admission, CredentialPolicy credentials, PassPolicy passes) {
        this.admission = requireNonNull(admission, "admission is null");
        this.credentials = requireNonNull(credentials, "credentials is null");
        this.passes = requireNonNull(passes, "passes is null");
    }

    @Provides
    @Singleton
    StepRunner stepRunner(Cluster cluster, Homes homes, SecureRandom random, InstantSource clock) {
        return new StepRunner(cluster, new Credentials(cluster, credentials, random, clock),
                new HomeFiles(homes, cluster, credentials), clock);
    }

    @Provides
    @Singleton
    Controller controller(Directory directory, Cluster cluster, StepRunner runner, SecureRandom random,
            InstantSource clock) {
        var faults = new Faults();
        var reconciler = new AccountReconciler(cluster, new Planner(passes.grace()), runner, new Backoff(random),
                faults, clock, passes.concurrency());
        return new Controller(directory, cluster, new Admission(admission), reconciler, faults, clock);
    }
}
