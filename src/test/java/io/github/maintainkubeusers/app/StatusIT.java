package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
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
class StatusIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void programsReadWhoIsHowAndNothingIsWritten(World world) {
    world.addTool("settled", 50_001);
    assertThat(world.run("--once").status()).isZero();
    world.addTool("added", 50_002);
    AuditLog audit = world.plane().auditLog();

    ProgramRun run = world.run("status", "-o", "json", "settled", "added", "--kind=tool");
    assertThat(run.status()).as(run.output()).isZero();
    JsonObject status = json(run);
    assertThat(status.getAsJsonObject("directory").get("server").getAsString())
        .isEqualTo(world.ldap().url());
    assertThat(status.getAsJsonArray("accounts"))
        .extracting(row -> row.getAsJsonObject().get("name").getAsString())
        .containsExactly("added", "settled");
    assertThat(
            status.getAsJsonArray("accounts").get(0).getAsJsonObject().get("state").getAsString())
        .isEqualTo("unrecorded");

    ProgramRun plan = world.run("plan", "-o", "json");
    assertThat(plan.status()).as(plan.output()).isZero();
    JsonObject summary = json(plan).getAsJsonObject("summary");
    assertThat(summary.get("certificates").getAsInt()).isEqualTo(1);
    assertThat(audit.calls(AuditLog.Call::isPrograms))
        .isNotEmpty()
        .noneMatch(AuditLog.Call::isWrite);

    AuditLog afterwards = world.plane().auditLog();
    assertThat(world.run("--once").output()).contains("1 done");
    assertThat(
            afterwards.calls(
                call -> call.isPrograms() && call.isWrite() && !call.resource().equals("events")))
        .as("what the plan had counted")
        .hasSize(summary.get("apiWrites").getAsInt());
  }

  @Test
  void whatFailsInTheControllerIsSaidUntilItDoesNoMore(World world) throws IOException {
    world.writeConfig("interval: 1s\nleaderElection: {enabled: true}");
    world.addTool("garbled", 50_001);
    Path config = world.toolHome("garbled").resolve(".kube/config");
    Kubectl kubectl = world.plane().kubectl();
    try (ProgramRun program = world.start()) {
      program.awaitPasses(2, SOON);
      AuditLog audit = world.plane().auditLog();
      program.awaitPasses(program.passes() + 3, SOON);
      assertThat(audit.calls(call -> call.isPrograms() && call.resource().equals("configmaps")))
          .as("while nothing fails")
          .isEmpty();

      Files.writeString(config, "users: [");
      kubectl.get("delete", "configmap", "maintain-kubeusers", "-n", "tool-garbled");
      JsonObject row =
          Waiting.untilPassed(
              SOON,
              () -> {
                JsonObject found = only(world, "garbled");
                assertThat(found.get("state").getAsString()).isEqualTo("failing");
                return found;
              });
      assertThat(row.getAsJsonObject("fault").get("cause").getAsString())
          .contains(config.toString());
      assertThat(world.run("status", "--state=failing").output())
          .contains("Last pass: ", "1 failed", "fails since ", "next try soon: ");

      Files.delete(config);
      Object _ =
          Waiting.untilPassed(
              SOON,
              () ->
                  assertThat(only(world, "garbled").get("state").getAsString())
                      .isEqualTo("active"));
    }
  }

  @Test
  void aWatchFollowsBesideTheControllerAndEndsWhenItIsTold(World world) {
    world.writeConfig("interval: 1s");
    try (ProgramRun controller = world.start()) {
      controller.awaitPasses(1, SOON);
      AuditLog audit = world.plane().auditLog();
      try (ProgramRun watch = world.start("status", "--watch=1", "--kind=tool")) {
        Waiting.until("a first look", SOON, () -> watch.output().contains("Accounts: 0"));
        world.addTool("latecomer", 50_001);
        Waiting.until(
            "what the controller did",
            SOON,
            () -> watch.output().matches("(?s).*\nactive +tool +latecomer .*"));
        assertThat(
                audit.calls(
                    call ->
                        call.isPrograms()
                            && call.verb().equals("list")
                            && call.resource().equals("namespaces")))
            .as("the cluster is read once and followed")
            .hasSize(1);

        watch.terminate();
        assertThat(watch.await().status()).isZero();
      }
      controller.awaitPasses(controller.passes() + 1, SOON);
    }
  }

  @Test
  void toolsAreChosenByTheLabelsOfTheirNamespaces(World world) {
    world.addTool("chosen", 50_001);
    world.addTool("other", 50_002);
    assertThat(world.run("--once").status()).isZero();
    world.plane().kubectl().get("label", "namespace", "tool-chosen", "example.org/team=blue");

    assertThat(world.run("status", "-l", "example.org/team=blue").output())
        .contains(" chosen ", "2 active")
        .doesNotContain(" other ");
    ProgramRun wrong = world.run("status", "-l", "no selector");
    assertThat(wrong.status()).isEqualTo(ExitStatus.COULD_NOT_RUN);
    assertThat(wrong.output()).contains("could not list namespaces", "unable to parse requirement");
  }

  private static JsonObject only(World world, String name) {
    return json(world.run("status", "-o", "json", name))
        .getAsJsonArray("accounts")
        .get(0)
        .getAsJsonObject();
  }

  /** By whoever may see policies; the program itself may not, and says so. */
  @Test
  void podsThatNothingLimitsAreAProblemUntilNamespacesAreLabelled(World world) throws IOException {
    world.addTool("podder", 50_001);
    assertThat(world.run("status").output())
        .contains("limits pods of tools is unknown", "validatingadmissionpolicies");
    world.connectAsAdmin();
    assertThat(world.run("status").output()).contains("Pods of tools may be privileged");

    Path templates = Files.createDirectories(world.folder().resolve("templates"));
    Path _ =
        Files.copy(
            Path.of("manifests/components/pod-security/pod-security.yaml"),
            templates.resolve("pod-security.yaml"));
    world.writeConfig("objects: {templates: " + templates + "}");
    assertThat(world.run("status").output()).doesNotContain("pods of tools", "Pods of tools");
  }

  @Test
  void whatCannotBeShownIsSaid(World world) {
    ProgramRun nobody = world.run("status", "nobody");
    assertThat(nobody.status()).isEqualTo(ExitStatus.SOME_FAILED);
    assertThat(nobody.output())
        .contains("neither the directory nor the cluster knows an account nobody");

    ProgramRun page = world.run("status", "--html=" + world.folder().resolve("absent/page.html"));
    assertThat(page.status()).isEqualTo(ExitStatus.COULD_NOT_RUN);
    assertThat(page.output())
        .contains("could not write the page " + world.folder() + "/absent/page.html");
    assertThat(world.run("status", "--html=" + world.folder().resolve("page.html")).status())
        .isZero();
    assertThat(world.folder().resolve("page.html"))
        .content()
        .contains("<h1>Status of accounts</h1>");

    ProgramRun state = world.run("status", "--state=ill");
    assertThat(state.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(state.output()).contains("'ill' is none of expired, held, ");

    ProgramRun duration = world.run("status", "--expiring=soon");
    assertThat(duration.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(duration.output()).contains("soon", "7d");
  }

  @Test
  void namespacesAreListedByStateAndEnd(World world) {
    world.awaitEmpty();
    Kubectl kubectl = world.plane().kubectl();
    world.addTool("staying", 50_001);
    world.addTool("locked", 50_002);
    assertThat(world.run("--once").status()).isZero();
    world.ldap().lockTool("locked");
    assertThat(world.run("--once").status()).isZero();

    assertThat(
            kubectl
                .get("get", "ns", "-l", "maintain-kubeusers/state=quarantined", "-o", "name")
                .trim())
        .isEqualTo("namespace/tool-locked");
    String end =
        kubectl
            .get(
                "get",
                "ns",
                "tool-staying",
                "-o",
                "jsonpath={.metadata.annotations.maintain-kubeusers/not-after}")
            .substring(0, "2026-11-22".length());
    assertThat(
            kubectl.get(
                "get",
                "ns",
                "-l",
                "maintain-kubeusers/state=active,name=tool-staying",
                "-L",
                "maintain-kubeusers/ends",
                "--no-headers"))
        .startsWith("tool-staying ")
        .endsWith(" " + end + "\n");

    kubectl.get(
        "label", "ns", "tool-staying", "maintain-kubeusers/state-", "maintain-kubeusers/ends-");
    AuditLog audit = world.plane().auditLog();
    assertThat(world.run("--once").output())
        .as("namespaces without them wait for the next write")
        .contains("2 unchanged");
    assertThat(audit.calls(call -> call.isPrograms() && call.isWrite())).isEmpty();
    kubectl.get("delete", "configmap", "maintain-kubeusers", "-n", "tool-staying");
    assertThat(world.run("--once").output()).contains("1 done");
    assertThat(
            kubectl
                .get(
                    "get",
                    "ns",
                    "-l",
                    "maintain-kubeusers/state=active,name=tool-staying",
                    "-o",
                    "name")
                .trim())
        .isEqualTo("namespace/tool-staying");
  }

  private static JsonObject json(ProgramRun run) {
    String output = run.output();
    return JsonParser.parseString(output.substring(output.indexOf("\n{") + 1)).getAsJsonObject();
  }
}
