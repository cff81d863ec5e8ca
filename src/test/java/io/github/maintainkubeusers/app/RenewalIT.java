package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class RenewalIT {
  @Test
  void oldAndNewBothWorkDuringTheGracePeriodAndTheOldStopsAfterIt(World world) {
    world.writeConfig("cluster: {clockTolerance: 3650d}");
    world.addTool("due", 50_001);
    world.addTool("young", 50_002);
    try (InProcess program = InProcess.start(world)) {
      program.pass();
      Kubectl old = world.kubectl(world.copyOfHome("due"));
      makeDue(world, "due", program.clock.instant());
      AuditLog audit = world.plane().auditLog();

      program.passUntil(
          "the renewal",
          () ->
              notAfter(world, "due")
                  .equals(
                      Certificates.notAfter(world.toolHome("due").resolve(".toolskube/client.crt"))
                          .toString()));

      assertThat(
              world
                  .plane()
                  .kubectl()
                  .get(
                      "get",
                      "rolebinding",
                      "due-tool-binding",
                      "-n",
                      "tool-due",
                      "-o",
                      "jsonpath={.subjects[*].name}"))
          .matches("tool:due:[0-9a-v]{20} tool:due:[0-9a-v]{20}");
      assertThat(world.kubectl(world.toolHome("due")).run("get", "pods").succeeded()).isTrue();
      assertThat(old.run("get", "pods").succeeded()).isTrue();
      assertThat(
              audit.calls(
                  call ->
                      call.isPrograms()
                          && call.changesSomething()
                          && call.namespace().equals("tool-young")))
          .isEmpty();

      program.clock.advance(Duration.ofMinutes(9));
      program.pass();
      assertThat(old.run("get", "pods").succeeded()).isTrue();
      program.clock.advance(Duration.ofMinutes(2));
      program.passUntil(
          "the end of the old one", () -> old.run("get", "pods").errors().contains("Forbidden"));
      assertThat(world.kubectl(world.toolHome("due")).run("get", "pods").succeeded()).isTrue();
      assertThat(program.pass().summary()).contains("2 unchanged");
    }
  }

  @Test
  void twoControllersAtOnceByMistakeLeaveEveryToolWithCredentialsThatWork(World world) {
    for (int i = 0; i < 6; i++) {
      world.addTool("double-" + i, 50_001 + i);
    }
    try (ProgramRun one = world.start("--interval=1");
        ProgramRun two = world.start("--interval=1")) {
      for (int i = 0; i < 6; i++) {
        Kubectl tool = world.kubectl(world.toolHome("double-" + i));
        Waiting.until(
            () -> seen("the tool's rights", tool, one, two),
            Duration.ofSeconds(60),
            () -> tool.run("get", "configmap", "maintain-kubeusers").succeeded());
        tool.get("delete", "configmap", "maintain-kubeusers");
      }
      for (int i = 0; i < 6; i++) {
        Kubectl tool = world.kubectl(world.toolHome("double-" + i));
        Waiting.until(
            () -> seen("the record", tool, one, two),
            Duration.ofSeconds(60),
            () -> tool.run("get", "configmap", "maintain-kubeusers").succeeded());
      }
      assertThat(one.output() + two.output()).doesNotContain("an error of this program");
    }
    world.writeConfig("homes: {checkInterval: 1s}");
    Waiting.untilPassed(
        Duration.ofSeconds(60),
        () -> {
          ProgramRun run = world.run("--once");
          assertThat(run.output()).contains("6 unchanged");
          return run;
        });
    for (int i = 0; i < 6; i++) {
      assertThat(world.kubectl(world.toolHome("double-" + i)).run("get", "pods").succeeded())
          .isTrue();
    }
  }

  private static String seen(String what, Kubectl tool, ProgramRun one, ProgramRun two) {
    return what
        + "\n"
        + tool.run("get", "configmap", "maintain-kubeusers").errors()
        + one.output()
        + "\n"
        + two.output();
  }

  /** As if the certificate had only five days left. */
  private static void makeDue(World world, String tool, Instant now) {
    world
        .plane()
        .kubectl()
        .get(
            "annotate",
            "--overwrite",
            "namespace",
            "tool-" + tool,
            "maintain-kubeusers/not-before=" + now.minus(Duration.ofDays(360)),
            "maintain-kubeusers/not-after=" + now.plus(Duration.ofDays(5)));
  }

  private static String notAfter(World world, String tool) {
    return world
        .plane()
        .kubectl()
        .get(
            "get",
            "namespace",
            "tool-" + tool,
            "-o",
            "jsonpath={.metadata.annotations.maintain-kubeusers/not-after}");
  }
}
