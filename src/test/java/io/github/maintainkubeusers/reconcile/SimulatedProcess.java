package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.plan.Admission;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.IssuePolicy;
import io.github.maintainkubeusers.plan.Planner;
import io.github.maintainkubeusers.plan.RefreshLimit;
import io.github.maintainkubeusers.plan.RemovalPolicy;
import io.github.maintainkubeusers.plan.Revocation;
import io.github.maintainkubeusers.testing.TestingCatalogue;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One controller: the real planner, queue, reconciler and pass, on one thread. */
final class SimulatedProcess {
  static final Duration GRACE = Duration.ofMinutes(10);

  final Disturbance disturbance = new Disturbance();
  final SimulatedCluster cluster;
  private final HomeInspector inspector;
  private final DirectoryReader reader;
  private final Pass pass;
  private final Mutant mutant;

  SimulatedProcess(SimulatedWorld world, long seed, Mutant mutant) {
    this.mutant = mutant;
    var random = new SecureRandom();
    var seeded = new Random(seed);
    var policy = new CredentialPolicy(KeyAlgorithm.ECDSA_P256, "toolforge", "admins", "toolforge");
    var removalPolicy = new RemovalPolicy(false, Duration.ofDays(40), 100, 100, Set.of());
    Catalogue catalogue = new TestingCatalogue();
    cluster = new SimulatedCluster(world.server, world.thief, world.clock, disturbance, mutant);
    var homes =
        mutant.homes(new SimulatedHomes(world.homes, world.broken, world.full, disturbance));
    var homeFiles = new HomeFiles(homes, cluster, policy);
    var issuer = new CredentialIssuer(cluster, policy, Services.NONE, random, world.clock);
    var cas = new ClusterAuthorities(cluster, issuer, world.clock);
    var faults = new FaultLog();
    var targets = new Targets(catalogue);
    var ids = new CredentialIds(world.clock, seeded);
    var planner =
        new AccountPlanner(
            cluster,
            targets,
            mutant.planning(
                new Planner(
                    new IssuePolicy(
                        GRACE, new RefreshLimit(3, Duration.ofMinutes(5)), Revocation.GROUPS),
                    removalPolicy,
                    Optional.of("tools"),
                    Services.NONE)),
            cas,
            issuer,
            ids,
            world.clock);
    inspector =
        new HomeInspector(
            issuer, homeFiles, new HomeChecks(Duration.ofDays(36_500)), cluster, world.clock);
    var reconciler =
        new AccountReconciler(
            planner,
            inspector,
            new StepRunner(
                cluster,
                issuer,
                homeFiles,
                new ServiceSecrets(cluster, Services.NONE, policy, world.clock),
                "tools",
                world.clock),
            new Backoff(seeded, world.clock),
            new RolloutLimiter(1000, 1000, cluster.health()::degradedReason, world.clock),
            new ClockGuard(cluster, Duration.ofMinutes(5)),
            new OutcomeLog(faults, new Progress(), _ -> {}));
    var queue = new AccountQueue(reconciler::reconcile, 4, Runnable::run, (_, _) -> {});
    var admission =
        new Admission(
            new AdmissionPolicy(
                1000,
                Set.of("system"),
                List.of(new HomePath("/data/project")),
                List.of(new HomePath("/home")),
                true));
    reader = new DirectoryReader(directory(world, mutant), cluster, admission, faults, _ -> {});
    pass =
        new Pass(
            reader,
            cluster,
            planner,
            new Removals(cluster, removalPolicy, targets, world.clock),
            reconciler,
            queue,
            _ -> {});
    cluster.load();
    cluster.follow(
        id -> {
          if (reconciler.settleIdle(id).isEmpty()) {
            Object _ = queue.add(id);
          }
        });
  }

  /**
   * @return what came of it
   */
  Pass.Result pass() {
    return pass.run(reader.read());
  }

  /** The daily look into the home comes now. */
  void lookIntoHome(AccountId id) {
    if (mutant.looksIntoHomes()) {
      inspector.hurry(id);
    }
  }

  void end() {
    cluster.close();
  }

  private static Directory directory(SimulatedWorld world, Mutant mutant) {
    return new Directory() {
      @Override
      public DirectorySnapshot read() {
        return mutant.snapshot(world.snapshot());
      }

      @Override
      public List<DirectorySnapshot> readOthers(DirectorySnapshot first) {
        return List.of(read());
      }

      @Override
      public void close() {
        // nothing is held
      }
    };
  }
}
