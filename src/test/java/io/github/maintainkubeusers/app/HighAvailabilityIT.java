package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.FaultyApiServer;
import io.github.maintainkubeusers.testing.LoopbackProxy;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two processes on one cluster, told apart in the API server's audit log by the names of their
 * pods.
 */
@ExtendWith(WorldExtension.class)
class HighAvailabilityIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String LEADS = "This process leads";

  @Test
  void oneOfTwoLeadsAndMakesOneRequestForEachAccountWhileTheOtherWritesNothing(World world) {
    AuditLog audit = elected(world);
    world.writeConfig("leaderElection: {enabled: true}\ninterval: 1s");
    for (int i = 0; i < 12; i++) {
      world.addTool("shared-" + i, 50_001 + i);
    }
    try (ProgramRun one = world.startPod("one");
        ProgramRun two = world.startPod("two")) {
      for (int i = 0; i < 12; i++) {
        awaitRecord(world, "shared-" + i);
      }
      Waiting.until(
          "one stands by", SOON, () -> (one.output() + two.output()).contains("Standing by: "));
      String leader = one.output().contains(LEADS) ? "one" : "two";
      assertThat(one.output() + two.output()).containsOnlyOnce(LEADS);

      world.kubectl(world.toolHome("shared-7")).get("delete", "configmap", "maintain-kubeusers");
      awaitRecord(world, "shared-7");

      assertThat(audit.calls(call -> isCreatedRequest(call)))
          .hasSize(13)
          .allMatch(call -> podOf(call).equals(leader));
      assertThat(writes(audit)).allMatch(call -> podOf(call).equals(leader));
      String standby = leader.equals("one") ? "two" : "one";
      assertThat(audit.calls(call -> podOf(call).equals(standby) && call.verb().equals("list")))
          .as("the standby has read what is there")
          .isNotEmpty();
    }
    assertThat(
            audit.calls(
                call -> call.agent().startsWith("maintain-kubeusers/") && call.code() == 403))
        .isEmpty();
  }

  @Test
  void aKilledLeaderIsReplacedWithinTwentySeconds(World world) {
    AuditLog audit = elected(world);
    try (ProgramRun one = lead(world, "one");
        ProgramRun two = standBy(world, "two")) {
      one.kill();
      world.addTool("bereft", 50_001);

      Waiting.until(
          "a new leader has done its work\n" + two.output(),
          Duration.ofSeconds(20),
          () -> hasRecord(world, "bereft"));

      assertOneAfterTheOther(audit, "one", "two");
    }
  }

  @Test
  void aLeaderThatIsToldToEndLetsTheOtherTakeOverAtOnce(World world) {
    elected(world);
    try (ProgramRun one = lead(world, "one");
        ProgramRun two = standBy(world, "two")) {
      world.addTool("handed-over", 50_001);
      one.terminate();

      Waiting.until(
          "the other leads, long before the lease would have ended\n" + two.output(),
          Duration.ofSeconds(6),
          () -> two.output().contains(LEADS));

      Waiting.until("the end of the first\n" + one.output(), SOON, () -> !one.isAlive());
      assertThat(one.output())
          .doesNotContain("lost")
          .doesNotContain("Exception")
          .doesNotContain("ERROR");
      awaitRecord(world, "handed-over");
    }
  }

  /**
   * It is stopped when it has had its request approved and does not know yet, and wakes when
   * another has led for long.
   */
  @Test
  void aLeaderThatWasPausedPastItsLeaseDoesNoHarmWhenItWakesAndEnds(World world) {
    AuditLog audit = elected(world);
    try (FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      world.connectTo(api.url());
      try (ProgramRun one = lead(world, "one")) {
        world.connectTo(world.plane().server());
        try (ProgramRun two = standBy(world, "two")) {
          var held = new Held("approval");
          api.inject(held);
          world.addTool("torn", 50_001);
          held.awaitCaught();
          one.pause();
          awaitRecord(world, "torn");
          held.release();

          one.unpause();

          Waiting.until("its end\n" + one.output(), Duration.ofSeconds(5), () -> !one.isAlive());
          assertThat(one.output()).contains("The lease is lost: ending at once");
          assertThat(one.status()).isEqualTo(1);
          assertOneAfterTheOther(audit, "one", "two");
          assertSound(world, "torn", two);
        }
      }
    }
  }

  @Test
  void aLeaderThatNothingAnswersAnyMoreEndsBeforeAnotherLeads(World world) {
    AuditLog audit = elected(world);
    try (FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      world.connectTo(api.url());
      try (ProgramRun one = lead(world, "one")) {
        world.connectTo(world.plane().server());
        try (ProgramRun two = standBy(world, "two")) {
          var held = new Held("");
          api.inject(held);
          assertEndsBeforeTheOtherLeads(world, audit, one, two);
          held.release();
        }
      }
    }
  }

  @Test
  void aLeaderWhoseConnectionsAreCutEndsBeforeAnotherLeads(World world) {
    AuditLog audit = elected(world);
    int port = Integer.parseInt(world.plane().server().replaceAll(".*:", ""));
    try (LoopbackProxy network = LoopbackProxy.passing("127.0.0.1", port)) {
      world.connectTo("https://127.0.0.1:" + network.port());
      try (ProgramRun one = lead(world, "one")) {
        world.connectTo(world.plane().server());
        try (ProgramRun two = standBy(world, "two")) {
          network.cut();
          assertEndsBeforeTheOtherLeads(world, audit, one, two);
        }
      }
    }
  }

  @Test
  void onceWaitsForTheLeaseWhenItIsAskedTo(World world) {
    elected(world);
    world.addTool("patient", 50_001);
    try (ProgramRun one = lead(world, "one");
        ProgramRun once = world.startPod("once", "--once")) {
      Waiting.until(
          "it stands by\n" + once.output(),
          SOON,
          () -> once.output().contains("Standing by: one_"));
      one.terminate();
      Waiting.until("its end\n" + once.output(), SOON, () -> !once.isAlive());
      assertThat(once.status()).as(once.output()).isZero();
      assertThat(once.output()).contains(LEADS, "Pass over 1 accounts");
    }
  }

  private static void assertEndsBeforeTheOtherLeads(
      World world, AuditLog audit, ProgramRun one, ProgramRun two) {
    Waiting.until(
        "the end of the one that is cut off\n" + one.output(),
        Duration.ofSeconds(10),
        () -> !one.isAlive());
    assertThat(one.output()).contains("The lease is lost: ending at once");
    assertThat(two.output()).doesNotContain(LEADS);
    world.addTool("rescued", 50_001);
    awaitRecord(world, "rescued");
    assertOneAfterTheOther(audit, "one", "two");
  }

  /** The interval is long: what happens before it, happens because of the election. */
  private static AuditLog elected(World world) {
    world.writeConfig("leaderElection: {enabled: true}\ninterval: 3s");
    return world.plane().auditLog();
  }

  private static ProgramRun lead(World world, String pod) {
    ProgramRun run = world.startPod(pod);
    Waiting.until("it leads\n" + run.output(), SOON, () -> run.output().contains("Pass over"));
    return run;
  }

  private static ProgramRun standBy(World world, String pod) {
    AuditLog audit = world.plane().auditLog();
    ProgramRun run = world.startPod(pod);
    Waiting.until(
        "it stands by\n" + run.output(),
        SOON,
        () ->
            run.output().contains("Standing by: one_")
                && !audit
                    .calls(call -> podOf(call).equals(pod) && call.resource().equals("namespaces"))
                    .isEmpty());
    return run;
  }

  /** After the first write of the second, the first wrote nothing. */
  private static void assertOneAfterTheOther(AuditLog audit, String first, String second) {
    List<String> pods = writes(audit).stream().map(HighAvailabilityIT::podOf).toList();
    assertThat(pods).contains(second);
    assertThat(pods).isSubsetOf(first, second);
    assertThat(pods.subList(pods.indexOf(second), pods.size())).containsOnly(second);
  }

  /** One set of credentials, that which is recorded, works, and no request is left. */
  private static void assertSound(World world, String tool, ProgramRun leader) {
    Path home = world.toolHome(tool);
    assertThat(world.kubectl(home).get("get", "configmaps")).contains("maintain-kubeusers");
    assertThat(
            world
                .plane()
                .kubectl()
                .get(
                    "get",
                    "namespace",
                    "tool-" + tool,
                    "-o",
                    "jsonpath={.metadata.annotations.maintain-kubeusers/serial}"))
        .isEqualTo(Certificates.serial(home.resolve(".toolskube/client.crt")));
    Waiting.until(
        "no request is left\n" + leader.output(),
        SOON,
        () -> world.plane().kubectl().get("get", "csr", "-o", "name").isEmpty());
  }

  /** Other writes than those of the lease that had an effect. */
  private static List<AuditLog.Call> writes(AuditLog audit) {
    return audit.calls(
        call ->
            call.isWrite()
                && !podOf(call).isEmpty()
                && !call.resource().equals("leases")
                && call.code() < 300);
  }

  private static boolean isCreatedRequest(AuditLog.Call call) {
    return call.verb().equals("create")
        && call.resource().equals("certificatesigningrequests")
        && call.code() == 201;
  }

  private static String podOf(AuditLog.Call call) {
    return call.agent().startsWith("maintain-kubeusers/")
        ? call.agent().replaceFirst("[^/]*/", "")
        : "";
  }

  private static boolean hasRecord(World world, String tool) {
    return world
        .plane()
        .kubectl()
        .run("get", "configmap", "maintain-kubeusers", "-n", "tool-" + tool)
        .succeeded();
  }

  private static void awaitRecord(World world, String tool) {
    Waiting.until("the record of " + tool, SOON, () -> hasRecord(world, tool));
  }

  /** Holds back the answer to calls whose path ends so, until it is told to let go. */
  private static final class Held implements FaultyApiServer.Fault {
    private final String ending;
    private final CountDownLatch caught = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Held(String ending) {
      this.ending = ending;
    }

    void awaitCaught() {
      Waiting.until("the call is caught", SOON, () -> caught.getCount() == 0);
    }

    void release() {
      released.countDown();
    }

    @Override
    public Optional<FaultyApiServer.Answer> at(FaultyApiServer.Call call)
        throws InterruptedException {
      if (ending.isEmpty()) {
        released.await();
      }
      return Optional.empty();
    }

    @Override
    public void after(FaultyApiServer.Call call) {
      if (!ending.isEmpty() && call.path().endsWith(ending)) {
        caught.countDown();
        try {
          released.await();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
