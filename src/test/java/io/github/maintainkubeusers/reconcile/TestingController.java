package io.github.maintainkubeusers.reconcile;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.plan.Admission;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.plan.DeparturePolicy;
import io.github.maintainkubeusers.plan.Planner;
import io.github.maintainkubeusers.plan.RefreshLimit;
import io.github.maintainkubeusers.testing.InMemoryCluster;
import io.github.maintainkubeusers.testing.InMemoryDirectory;
import io.github.maintainkubeusers.testing.InMemoryHomes;
import io.github.maintainkubeusers.testing.Journal;
import io.github.maintainkubeusers.testing.RecordedHappenings;
import io.github.maintainkubeusers.testing.TestClock;
import io.github.maintainkubeusers.testing.TestingCatalogue;

/** A controller whose edges are in memory. */
final class TestingController implements AutoCloseable {
    /** Accounts a minute. */
    static final int ROUTINE = 3;
    static final int URGENT = 6;
    static final Instant START = Instant.parse("2026-11-22T03:50:14Z");

    final Journal journal = new Journal();
    final TestClock clock = new TestClock(START);
    final InMemoryDirectory directory = new InMemoryDirectory(journal);
    final TestingCatalogue catalogue = new TestingCatalogue();
    final InMemoryCluster cluster = new InMemoryCluster(journal, catalogue, clock);
    final InMemoryHomes homes = new InMemoryHomes(journal);
    final RecordedHappenings happenings = new RecordedHappenings();
    final AccountReconciler reconciler;
    final Controller controller;

    TestingController() {
        this(8);
    }

    TestingController(int concurrency) {
        var random = new SecureRandom();
        var credentials = new CredentialPolicy(KeyAlgorithm.ECDSA_P256, "toolforge", "admins", "toolforge");
        var faults = new Faults();
        var homeFiles = new HomeFiles(homes, cluster, credentials);
        var issuer = new Credentials(cluster, credentials, random, clock);
        var runner = new StepRunner(cluster, issuer, homeFiles, clock);
        var authorities = new ClusterAuthorities(cluster, issuer, clock);
        var progress = new Progress();
        var planner = new Planner(Duration.ofMinutes(10), new RefreshLimit(3, Duration.ofMinutes(5)));
        var clockGuard = new ClockGuard(cluster, Duration.ofMinutes(5));
        reconciler = new AccountReconciler(cluster,
                new AccountPlans(cluster, catalogue, planner, authorities, clock),
                new Waves(ROUTINE, URGENT, cluster::complaint, clock), progress, runner, homeFiles,
                new HomeChecks(Duration.ofDays(365)), new Backoff(random), clockGuard, faults, happenings,
                clock, concurrency);
        var departures = new Departures(cluster, new DeparturePolicy(false, Duration.ofDays(40), 5, 1, Set.of()),
                clock);
        var admission = new Admission(new AdmissionPolicy(1000, Set.of("system"),
                List.of(new HomePath("/data/project")), List.of(new HomePath("/home")), false));
        controller = new Controller(directory, cluster, admission, reconciler, departures, catalogue, authorities,
                progress, clockGuard, faults, happenings, clock);
    }

    Account tool(String name) {
        return directory.add(AccountId.tool(name));
    }

    Account admin(String name) {
        return directory.add(AccountId.admin(name));
    }

    Outcome pass(Account account) {
        return controller.pass().outcomes().get(account.id());
    }

    @Override
    public void close() {
        controller.close();
    }
}
