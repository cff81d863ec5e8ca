package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.StolenPair;
import io.github.maintainkubeusers.testing.Thief;
import io.github.maintainkubeusers.testing.Victim;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class RefreshIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void aToolThatDeletesItsConfigMapHasANewKeyAndCertificateLongBeforeTheNextPoll(World world)
      throws IOException {
    world.addTool("leaky", 50_001);
    try (ProgramRun program = world.start("--interval=3600")) {
      awaitRecord(world, "leaky", program);
      Path home = world.toolHome("leaky");
      String serial = Certificates.serial(home.resolve(".toolskube/client.crt"));
      byte[] key = Files.readAllBytes(home.resolve(".toolskube/client.key"));

      Kubectl leaky = world.kubectl(home);
      leaky.get("delete", "configmap", "maintain-kubeusers");

      awaitRecord(world, "leaky", program);
      assertThat(Certificates.serial(home.resolve(".toolskube/client.crt"))).isNotEqualTo(serial);
      assertThat(Files.readAllBytes(home.resolve(".toolskube/client.key"))).isNotEqualTo(key);
      assertThat(leaky.get("get", "configmaps")).contains("maintain-kubeusers");
      assertThat(subjects(world, "leaky"))
          .as("both work while the grace period lasts")
          .matches("tool:leaky:[0-9a-v]{20} tool:leaky:[0-9a-v]{20}");
    }
  }

  @Test
  void theOldGenerationEndsWithTheGracePeriod(World world) {
    world.writeConfig("credentials: {gracePeriod: 0s}");
    world.addTool("careful", 50_001);
    runOnce(world);
    Path old = world.copyOfHome("careful");
    String superseded = subjects(world, "careful");
    Kubectl stolen = world.kubectl(old);
    assertThat(stolen.run("get", "configmaps").succeeded()).isTrue();
    stolen.get("delete", "configmap", "maintain-kubeusers");

    runOnce(world);
    runOnce(world);

    assertThat(subjects(world, "careful"))
        .matches("tool:careful:[0-9a-v]{20}")
        .isNotEqualTo(superseded);
    assertThat(stolen.run("get", "configmaps").errors()).contains("Forbidden");
    assertThat(world.kubectl(world.toolHome("careful")).run("get", "configmaps").succeeded())
        .isTrue();
  }

  @Test
  void whatIsRevokedIsDeadAtOnceAndReplaced(World world) {
    world.addTool("stolen", 50_001);
    try (ProgramRun program = world.start("--interval=3600")) {
      awaitRecord(world, "stolen", program);
      Kubectl thief = world.kubectl(world.copyOfHome("stolen"));
      assertThat(thief.run("get", "configmaps").succeeded()).isTrue();

      ProgramRun revoke = world.run("revoke", "stolen");

      assertThat(revoke.status()).as(revoke.output()).isZero();
      assertThat(revoke.output()).contains("tool stolen: its credentials have no rights any more");
      assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
      Waiting.until(
          "new credentials\n" + program.output(),
          SOON,
          () -> world.kubectl(world.toolHome("stolen")).run("get", "configmaps").succeeded());
      assertThat(subjects(world, "stolen")).matches("tool:stolen:[0-9a-v]{20}");
      assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
    }
    assertThat(world.run("revoke", "nobody").status()).isEqualTo(3);
  }

  @Test
  void aBindingThatSomebodyChangedIsPutRight(World world) {
    world.addTool("changed", 50_001);
    try (ProgramRun program = world.start("--interval=3600")) {
      awaitRecord(world, "changed", program);
      world
          .plane()
          .kubectl()
          .get("delete", "rolebinding", "changed-tool-binding", "-n", "tool-changed");
      Waiting.until(
          "the binding",
          SOON,
          () ->
              world
                  .plane()
                  .kubectl()
                  .run("get", "rolebinding", "changed-tool-binding", "-n", "tool-changed")
                  .succeeded());
      world.plane().kubectl().get("delete", "resourcequota", "tool-changed", "-n", "tool-changed");
      Waiting.until(
          "the quota",
          SOON,
          () ->
              world
                  .plane()
                  .kubectl()
                  .run("get", "resourcequota", "tool-changed", "-n", "tool-changed")
                  .succeeded());
    }
  }

  @Test
  void anIdleControllerEndsCleanlyWithinASecondOfSigterm(World world) {
    world.addTool("ending", 50_001);
    try (ProgramRun program = world.start("--interval=3600")) {
      program.awaitPasses(1, SOON);
      program.terminate();
      Waiting.until("the program's end", Duration.ofSeconds(1), () -> !program.isAlive());
      assertThat(program.await().status()).isZero();
      assertThat(program.output())
          .doesNotContain("Exception")
          .doesNotContain("ERROR")
          .contains("Ending");
    }
  }

  @Test
  void itFollowsAnApiServerThatWasAwayForAWhile(World world) {
    world.addTool("patient", 50_001);
    try (ProgramRun program = world.start("--interval=3600")) {
      awaitRecord(world, "patient", program);
      world.plane().stopApiServer();
      world.plane().startApiServer();
      String serial =
          Certificates.serial(world.toolHome("patient").resolve(".toolskube/client.crt"));
      world.kubectl(world.toolHome("patient")).get("delete", "configmap", "maintain-kubeusers");
      awaitRecord(world, "patient", program);
      assertThat(Certificates.serial(world.toolHome("patient").resolve(".toolskube/client.crt")))
          .isNotEqualTo(serial);
    }
  }

  /** Quota full, the ConfigMap deleted, its place taken by another: it cannot be put back. */
  @Test
  void aRequestIsAnsweredOnceThoughTheConfigMapCannotBePutBack(World world) {
    Victim tool = Victim.tool(world, "crowded");
    Kubectl admin = world.plane().kubectl();
    world.addTool("crowded", 50_001);
    try (Thief thief = new Thief();
        ProgramRun program = world.start("--interval=1")) {
      StolenPair first = thief.stealNew(tool, program::output);
      program.pause();
      tool.requestCredentials();
      admin.apply(
          """
          apiVersion: v1
          kind: ResourceQuota
          metadata: {name: full, namespace: tool-crowded}
          spec: {hard: {count/configmaps: 0}}
          """);
      Waiting.until(
          "the quota is in force",
          SOON,
          () ->
              admin
                  .get(
                      "get",
                      "resourcequota",
                      "full",
                      "-n",
                      "tool-crowded",
                      "-o",
                      "jsonpath={.status.hard}")
                  .contains("0"));
      program.unpause();
      Waiting.until(
          "the record says that the ConfigMap is missing",
          SOON,
          () -> tool.recorded("status-missing").equals("true"));

      StolenPair second = thief.steal(tool);
      assertThat(second).isNotEqualTo(first);
      program.awaitPasses(program.passes() + 3, SOON);
      assertThat(thief.steal(tool)).as("one request, one answer").isEqualTo(second);
      Thief.assertPowerful(second);
      assertThat(program.output()).contains("exceeded quota");

      admin.get("delete", "resourcequota", "full", "-n", "tool-crowded");
      Waiting.until(
          "the ConfigMap is back\n" + program.output(), SOON, () -> !tool.status().isEmpty());
      Waiting.until("the record says so", SOON, () -> tool.recorded("status-missing").isEmpty());
      assertThat(thief.stealNew(tool, program::output)).isEqualTo(second);

      tool.requestCredentials();
      assertThat(thief.stealNew(tool, program::output)).isNotEqualTo(second);
    }
  }

  @Test
  void aConfigMapThatItsOwnerMadeImmutableAndKeepsFromEndingCostsNoCredentials(World world) {
    Victim tool = Victim.tool(world, "stubborn");
    world.addTool("stubborn", 50_001);
    try (Thief thief = new Thief();
        ProgramRun program = world.start("--interval=1")) {
      StolenPair first = thief.stealNew(tool, program::output);
      tool.kubectl()
          .get(
              "patch",
              "configmap",
              "maintain-kubeusers",
              "--type=merge",
              "-p",
              "{\"metadata\": {\"finalizers\": [\"example.org/keep\"]}, \"immutable\": true,"
                  + " \"data\": {\"a\": \"b\"}}");

      Waiting.until(
          "it is to be replaced\n" + program.output(),
          SOON,
          () ->
              !world
                  .plane()
                  .kubectl()
                  .get(
                      "get",
                      "configmap",
                      "maintain-kubeusers",
                      "-n",
                      "tool-stubborn",
                      "-o",
                      "jsonpath={.metadata.deletionTimestamp}")
                  .isEmpty());
      program.awaitPasses(program.passes() + 3, SOON);
      assertThat(thief.steal(tool)).isEqualTo(first);

      tool.kubectl()
          .get(
              "patch",
              "configmap",
              "maintain-kubeusers",
              "--type=merge",
              "-p",
              "{\"metadata\": {\"finalizers\": null}}");
      Waiting.until(
          "it is whole again\n" + program.output(),
          SOON,
          () -> tool.status().contains("user created"));
      assertThat(thief.steal(tool))
          .as("the program replaced it, its owner requested nothing")
          .isEqualTo(first);
    }
  }

  @Test
  void aDeletionThatAFinalizerDelaysIsARequestAndAnsweredOnce(World world) {
    Victim tool = Victim.tool(world, "delaying");
    world.addTool("delaying", 50_001);
    try (Thief thief = new Thief();
        ProgramRun program = world.start("--interval=1")) {
      StolenPair first = thief.stealNew(tool, program::output);
      tool.kubectl()
          .get(
              "patch",
              "configmap",
              "maintain-kubeusers",
              "--type=merge",
              "-p",
              "{\"metadata\": {\"finalizers\": [\"example.org/keep\"]}}");
      tool.kubectl().get("delete", "configmap", "maintain-kubeusers", "--wait=false");

      StolenPair second =
          Waiting.untilPassed(
              SOON,
              () -> {
                StolenPair found = thief.steal(tool);
                assertThat(found).as(program.output()).isNotEqualTo(first);
                return found;
              });
      program.awaitPasses(program.passes() + 3, SOON);
      world
          .plane()
          .kubectl()
          .get(
              "patch",
              "configmap",
              "maintain-kubeusers",
              "-n",
              "tool-delaying",
              "--type=merge",
              "-p",
              "{\"metadata\": {\"finalizers\": null}}");

      Waiting.until(
          "the ConfigMap is back\n" + program.output(),
          SOON,
          () -> !tool.status().isEmpty() && tool.recorded("status-missing").isEmpty());
      assertThat(thief.steal(tool)).isEqualTo(second);
      Thief.assertPowerful(second);
    }
  }

  private static void runOnce(World world) {
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isZero();
  }

  private static void awaitRecord(World world, String tool, ProgramRun program) {
    Waiting.until(
        "the record of " + tool + "\n" + program.output(),
        SOON,
        () ->
            world
                .plane()
                .kubectl()
                .run("get", "configmap", "maintain-kubeusers", "-n", "tool-" + tool)
                .succeeded());
  }

  private static String subjects(World world, String tool) {
    return world
        .plane()
        .kubectl()
        .get(
            "get",
            "rolebinding",
            tool + "-tool-binding",
            "-n",
            "tool-" + tool,
            "-o",
            "jsonpath={.subjects[*].name}");
  }
}
