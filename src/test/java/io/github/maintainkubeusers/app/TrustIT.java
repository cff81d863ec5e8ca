package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.Incumbent;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tools write into their ConfigMaps, and how often they ask. */
@ExtendWith(WorldExtension.class)
class TrustIT {
  private static final String RECORD = "maintain-kubeusers";

  @Test
  void whateverAToolWritesIsPutRightAndConcernsNobodyElse(World world) throws IOException {
    world.writeConfig("cluster: {clockTolerance: 3650d}");
    for (String tool : new String[] {"far", "large", "empty", "fixed", "binary", "quiet"}) {
      world.addTool(tool, 50_001 + tool.hashCode() % 1000 + 1000);
    }
    try (InProcess program = InProcess.start(world)) {
      program.pass();
      Path large =
          Files.writeString(
              world.folder().resolve("large.json"),
              "{\"data\": {\"status\": \"" + "x".repeat(900_000) + "\"}}");
      patch(world, "far", "{\"data\": {\"expires\": \"2999-01-01T00:00:00\"}}");
      tool(world, "large")
          .get("patch", "configmap", RECORD, "--type=merge", "--patch-file", large.toString());
      patch(world, "empty", "{\"data\": {\"expires\": null, \"status\": null}}");
      patch(world, "fixed", "{\"data\": {\"expires\": \"rubbish\"}, \"immutable\": true}");
      patch(
          world,
          "binary",
          "{\"binaryData\": {\"b\": \"AAAA\"}, \"data\": {\"more\": \"and more\"}}");
      AuditLog audit = world.plane().auditLog();

      for (String tool : new String[] {"far", "large", "empty", "fixed", "binary", "quiet"}) {
        program.passUntil(
            "what " + tool + " should have",
            () ->
                tool(world, tool)
                    .get(
                        "get",
                        "configmap",
                        RECORD,
                        "-o",
                        "jsonpath={.data}{.binaryData}{.immutable}")
                    .equals(
                        "{\"expires\":\""
                            + Incumbent.expiry(certificate(world, tool))
                            + "\",\"status\":\"user created\"}"));
        assertThat(generation(world, tool)).as(tool).isEqualTo("1");
      }
      assertThat(
              audit.calls(
                  call ->
                      call.isPrograms()
                          && call.changesSomething()
                          && call.namespace().equals("tool-quiet")))
          .isEmpty();
      assertThat(program.pass().summary()).contains("6 unchanged");
    }
  }

  @Test
  void whoAsksTooOftenIsToldWhenAndGetsNewCredentialsThen(World world) {
    world.writeConfig("cluster: {clockTolerance: 3650d}");
    world.addTool("impatient", 50_001);
    try (InProcess program = InProcess.start(world)) {
      program.pass();
      for (int generation = 2; generation <= 4; generation++) {
        String expected = Integer.toString(generation);
        tool(world, "impatient").get("delete", "configmap", RECORD);
        program.passUntil(
            "generation " + expected,
            () ->
                generation(world, "impatient").equals(expected)
                    && tool(world, "impatient").run("get", "configmap", RECORD).succeeded());
      }

      tool(world, "impatient").get("delete", "configmap", RECORD);
      program.passUntil(
          "the delay",
          () ->
              tool(world, "impatient")
                  .run("get", "configmap", RECORD, "-o", "jsonpath={.data.status}")
                  .output()
                  .matches("new credentials at .*: they were requested too often"));
      assertThat(generation(world, "impatient")).isEqualTo("4");
      assertThat(tool(world, "impatient").run("get", "pods").succeeded())
          .as("the old ones work")
          .isTrue();
      assertThat(program.pass().summary()).contains("1 unchanged");

      program.clock.advance(Duration.ofMinutes(5));
      program.pass();
      assertThat(generation(world, "impatient")).isEqualTo("5");
      assertThat(
              tool(world, "impatient")
                  .get("get", "configmap", RECORD, "-o", "jsonpath={.data.status}"))
          .isEqualTo("user created");
    }
  }

  @Test
  void aRecordThatAnAdminEditedToNonsenseIsHeldAndTheOthersAreDone(World world) {
    world.addTool("edited", 50_001);
    world.addTool("other", 50_002);
    assertThat(world.run("--once").status()).isZero();
    world
        .plane()
        .kubectl()
        .get(
            "annotate",
            "--overwrite",
            "namespace",
            "tool-edited",
            "maintain-kubeusers/not-after=tomorrow");
    tool(world, "edited").get("delete", "configmap", RECORD);
    tool(world, "other").get("delete", "configmap", RECORD);

    assertThat(world.run("--once").output())
        .contains(
            "tool \"edited\" is held (unreadable-record): the record's not-after \"tomorrow\" is"
                + " not a time",
            "tool other: done (refresh)");
    assertThat(tool(world, "edited").run("get", "pods").succeeded())
        .as("it loses nothing")
        .isTrue();
  }

  @Test
  void theClockOfAnotherMachineIsNoReasonForAnything(World world) throws IOException {
    world.addTool("timely", 50_001);
    // By another process: this one would look at its own changes once more, at a time of its own.
    assertThat(world.run("--once").status()).isZero();
    try (InProcess program = InProcess.start(world)) {
      assertThat(program.pass().summary()).contains("1 unchanged");
      String serial = Certificates.serial(certificate(world, "timely"));
      program.clock.advance(Duration.ofDays(400));
      AuditLog audit = world.plane().auditLog();

      assertThatThrownBy(program::pass).hasMessageContaining(" s ahead of the API server's");

      program.clock.advance(Duration.ofDays(-800));
      assertThatThrownBy(program::pass).hasMessageContaining("s behind");
      assertThat(audit.calls(call -> call.isPrograms() && call.changesSomething())).isEmpty();
      program.clock.advance(Duration.ofDays(400));
      assertThat(program.pass().summary()).contains("1 unchanged");
      assertThat(Certificates.serial(certificate(world, "timely"))).isEqualTo(serial);
    }
  }

  private static Kubectl tool(World world, String tool) {
    return world.kubectl(world.toolHome(tool));
  }

  private static void patch(World world, String tool, String patch) {
    tool(world, tool).get("patch", "configmap", RECORD, "--type=merge", "-p", patch);
  }

  private static Path certificate(World world, String tool) {
    return world.toolHome(tool).resolve(".toolskube/client.crt");
  }

  private static String generation(World world, String tool) {
    return world
        .plane()
        .kubectl()
        .get(
            "get",
            "namespace",
            "tool-" + tool,
            "-o",
            "jsonpath={.metadata.annotations.maintain-kubeusers/generation}");
  }
}
