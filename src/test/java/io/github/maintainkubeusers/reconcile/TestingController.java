package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.plan.Admission;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.plan.IssuePolicy;
import io.github.maintainkubeusers.plan.Planner;
import io.github.maintainkubeusers.plan.RefreshLimit;
import io.github.maintainkubeusers.plan.RemovalPolicy;
import io.github.maintainkubeusers.plan.Revocation;
import io.github.maintainkubeusers.testing.InMemoryCluster;
import io.github.maintainkubeusers.testing.InMemoryDirectory;
import io.github.maintainkubeusers.testing.InMemoryHomes;
import io.github.maintainkubeusers.testing.Journal;
import io.github.maintainkubeusers.testing.RecordedEvents;
import io.github.maintainkubeusers.testing.TestClock;
import io.github.maintainkubeusers.testing.TestingCatalogue;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A controller whose edges are in memory. */
final class TestingController implements AutoCloseable {
  /** Accounts a minute. */
  static final int ROUTINE = 3;

  static final int URGENT = 6;
  static final Instant START = Instant.parse("2026-11-22T03:50:14Z");

  final Journal journal;
  final TestClock clock;
  final InMemoryDirectory directory;
  final TestingCatalogue catalogue = new TestingCatalogue();
  final InMemoryCluster cluster;
  final InMemoryHomes homes;
  final RecordedEvents events = new RecordedEvents();
  final AccountReconciler reconciler;
  final Controller controller;

  TestingController() {
    this(8);
  }

  TestingController(int concurrency) {
    this(concurrency, Services.NONE);
  }

  TestingController(int concurrency, Services services) {
    this(concurrency, services, Revocation.GROUPS, new Journal(), new TestClock(START));
  }

  TestingController(Revocation revocation) {
    this(8, Services.NONE, revocation, new Journal(), new TestClock(START));
  }

  private TestingController(
      int concurrency, Services services, Revocation revocation, Journal journal, TestClock clock) {
    this(
        concurrency,
        services,
        revocation,
        journal,
        clock,
        new InMemoryCluster(journal, clock),
        new InMemoryHomes(journal));
  }

  /** The controller that comes after another one, with other services declared. */
  TestingController(TestingController before, Services services) {
    this(
        8,
        services,
        Revocation.GROUPS,
        before.journal,
        before.clock,
        before.cluster,
        new InMemoryHomes(before.journal));
  }

  /** The controller that comes after another one, with another way to take rights back. */
  TestingController(TestingController before, Revocation revocation) {
    this(8, Services.NONE, revocation, before.journal, before.clock, before.cluster, before.homes);
  }

  private TestingController(
      int concurrency,
      Services services,
      Revocation revocation,
      Journal journal,
      TestClock clock,
      InMemoryCluster cluster,
      InMemoryHomes homes) {
    this.journal = journal;
    this.clock = clock;
    this.cluster = cluster;
    this.directory = new InMemoryDirectory(journal);
    this.homes = homes;
    var random = new SecureRandom();
    var policy = new CredentialPolicy(KeyAlgorithm.ECDSA_P256, "toolforge", "admins", "toolforge");
    var removalPolicy = new RemovalPolicy(false, Duration.ofDays(40), 5, 1, Set.of());
    var faults = new FaultLog();
    var homeFiles = new HomeFiles(homes, cluster, policy);
    var issuer = new CredentialIssuer(cluster, policy, services, random, clock);
    var runner =
        new StepRunner(
            cluster,
            issuer,
            homeFiles,
            new ServiceSecrets(cluster, services, policy, clock),
            "tools",
            clock);
    var cas = new ClusterAuthorities(cluster, issuer, clock);
    var progress = new Progress();
    var clockGuard = new ClockGuard(cluster, Duration.ofMinutes(5));
    var targets = new Targets(catalogue);
    var planner =
        new AccountPlanner(
            cluster,
            targets,
            new Planner(
                new IssuePolicy(
                    Duration.ofMinutes(10), new RefreshLimit(3, Duration.ofMinutes(5)), revocation),
                removalPolicy,
                Optional.of("tools"),
                services),
            cas,
            issuer,
            new CredentialIds(clock, random),
            clock);
    reconciler =
        new AccountReconciler(
            planner,
            new HomeInspector(
                issuer, homeFiles, new HomeChecks(Duration.ofDays(365)), cluster, clock),
            runner,
            new Backoff(random, clock),
            new RolloutLimiter(ROUTINE, URGENT, cluster.health()::degradedReason, clock),
            clockGuard,
            new OutcomeLog(faults, progress, events));
    var workers = new Workers(reconciler, concurrency, clock);
    var admission =
        new Admission(
            new AdmissionPolicy(
                1000,
                Set.of("system"),
                List.of(new HomePath("/data/project")),
                List.of(new HomePath("/home")),
                false),
            services);
    var reader = new DirectoryReader(directory, cluster, admission, faults, events);
    var pass =
        new Pass(
            reader,
            cluster,
            planner,
            new Removals(cluster, removalPolicy, targets, clock),
            reconciler,
            workers.queue(),
            events);
    controller =
        new Controller(
            cluster,
            reader,
            new Housekeeping(catalogue, cluster, cas, clockGuard, faults, clock),
            pass,
            workers,
            new AdminCommands(cluster, catalogue, revocation, clock, random),
            new HomeSurvey(cluster, homeFiles),
            new PassLog(events, progress, faults, clock));
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
