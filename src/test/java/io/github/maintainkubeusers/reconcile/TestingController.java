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
import io.github.maintainkubeusers.testing.InMemoryCluster;
import io.github.maintainkubeusers.testing.InMemoryDirectory;
import io.github.maintainkubeusers.testing.InMemoryHomes;
import io.github.maintainkubeusers.testing.Journal;
import io.github.maintainkubeusers.testing.RecordedHappenings;
import io.github.maintainkubeusers.testing.TestClock;

/** A controller whose edges are in memory. */
final class TestingController implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-22T03:50:14Z");

    final Journal journal = new Journal();
    final TestClock clock = new TestClock(START);
    final InMemoryDirectory directory = new InMemoryDirectory(journal);
    final InMemoryCluster cluster = new InMemoryCluster(journal, clock);
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
        var runner = new StepRunner(cluster, new Credentials(cluster, credentials, random, clock), homeFiles, clock);
        reconciler = new AccountReconciler(cluster, new Planner(Duration.ofMinutes(10)), runner, homeFiles,
                new HomeChecks(Duration.ofDays(365)), new Backoff(random), faults, happenings, clock, concurrency);
        var departures = new Departures(cluster, new DeparturePolicy(false, Duration.ofDays(40), 5, 1, Set.of()),
                clock);
        var admission = new Admission(new AdmissionPolicy(1000, Set.of("system"),
                List.of(new HomePath("/data/project")), List.of(new HomePath("/home")), false));
        controller = new Controller(directory, cluster, admission, reconciler, departures, faults, happenings, clock);
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
