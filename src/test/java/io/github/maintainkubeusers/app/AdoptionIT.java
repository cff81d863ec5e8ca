package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.GrantedComponent;
import io.github.maintainkubeusers.testing.Incumbent;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster of the service that is succeeded is taken over as it is. */
@ExtendWith(WorldExtension.class)
class AdoptionIT {
  @Test
  void theFirstPassAddsRecordsAndChangesNothingElse(World world) throws IOException {
    var incumbent = new Incumbent(world);
    incumbent.provisionTool("veteran", 50_001);
    incumbent.provisionTool("raised", 50_002);
    incumbent.provisionAdmin("ada", 60_001);
    world
        .plane()
        .kubectl()
        .get(
            "patch",
            "resourcequota",
            "tool-raised",
            "-n",
            "tool-raised",
            "--type=merge",
            "-p",
            "{\"spec\": {\"hard\": {\"pods\": \"25\"}}}");
    world.addTool("veteran", 50_001);
    world.addTool("raised", 50_002);
    world.addAdmins(60_001, "ada");
    List<String> files = files(world);
    String quotas = quotas(world);
    AuditLog audit = world.plane().auditLog();

    ProgramRun run = world.run("--once");

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output())
        .contains(
            "tool veteran: done (taken over)",
            "admin ada: done (taken over)",
            "tool raised: changed by hand and kept: [ResourceQuota (resourcequota)]");
    assertThat(audit.calls(call -> call.isPrograms() && call.isWrite()))
        .extracting(call -> call.verb() + " " + call.resource() + " " + call.name())
        .containsExactlyInAnyOrder(
            "patch namespaces tool-veteran",
            "patch namespaces tool-raised",
            "patch configmaps maintain-kubeusers");
    assertThat(files(world)).isEqualTo(files);
    assertThat(quotas(world)).isEqualTo(quotas);
    assertThat(generation(world, "veteran")).isEqualTo("0");
    assertThat(world.kubectl(world.toolHome("veteran")).get("get", "configmaps"))
        .contains("maintain-kubeusers");
    assertThat(
            world
                .plane()
                .kubectl()
                .get(
                    "get",
                    "configmap",
                    "maintain-kubeusers",
                    "-n",
                    "maintain-kubeusers",
                    "-o",
                    "jsonpath={.data.ada}"))
        .as("what the incumbent reads is still there")
        .isEqualTo(Incumbent.expiry(world.adminHome("ada").resolve(".admkube/client.crt")));
    assertThat(world.run("--once").output()).contains("3 unchanged");
  }

  @Test
  void recordsOfTheNewerNameAreTakenOverWhereTheyMayBeRead(World world) throws IOException {
    var incumbent = new Incumbent(world);
    incumbent.provisionTool("newer", 50_001);
    incumbent.renameRecord("newer");
    world.addTool("newer", 50_001);
    List<String> files = files(world);

    assertThat(world.run("plan").output())
        .contains("1 tools of an earlier controller have no ConfigMap maintain-kubeusers")
        .contains("grant manifests/components/take-over first");
    try (var _ = GrantedComponent.apply(world.plane().kubectl(), "take-over")) {
      ProgramRun run = world.run("--once");
      assertThat(run.output()).contains("tool newer: done (taken over)");
    }
    assertThat(files(world)).isEqualTo(files);
    assertThat(world.run("--once").status()).isZero();
    assertThat(files(world)).as("its ConfigMap is made, and no new credentials").isEqualTo(files);
    assertThat(
            world
                .plane()
                .kubectl()
                .get("get", "configmap", "maintain-kubeusers", "-n", "tool-newer", "-o", "name"))
        .isNotEmpty();
    assertThat(world.run("--once").output()).contains("1 unchanged");

    world.connectAsAdmin();
    assertThat(world.run("remove-leftovers", "--dry-run").output())
        .contains("tool newer: would remove the ConfigMap maintain-kubeusers-newer");
    assertThat(world.run("remove-leftovers").output())
        .contains("tool newer: removed the ConfigMap maintain-kubeusers-newer");
    assertThat(world.run("remove-leftovers").output()).isEmpty();
  }

  @Test
  void podSecurityPoliciesAreReportedAndRemovedOnlyOnRequest(World world) {
    var incumbent = new Incumbent(world);
    incumbent.provisionTool("guarded", 50_001);
    incumbent.makePodSecurityPolicy("guarded");
    world.addTool("guarded", 50_001);
    Kubectl kubectl = world.plane().kubectl();

    assertThat(world.run("--once").output())
        .contains("1 tools have PodSecurityPolicies of an earlier controller", "[tool guarded]");
    assertThat(kubectl.get("get", "rolebindings", "-n", "tool-guarded", "-o", "name"))
        .contains("/guarded-psp-binding", "/default-guarded-psp-binding", "/guarded-tool-binding");

    world.connectAsAdmin();
    ProgramRun dry = world.run("remove-leftovers", "--dry-run");
    assertThat(dry.output()).contains("tool guarded: would remove its PodSecurityPolicy");
    assertThat(kubectl.run("get", "role", "tool-guarded-psp", "-n", "tool-guarded").succeeded())
        .isTrue();
    ProgramRun removal = world.run("remove-leftovers");

    assertThat(removal.status()).as(removal.output()).isZero();
    assertThat(kubectl.get("get", "rolebindings", "-n", "tool-guarded", "-o", "name").lines())
        .containsExactly("rolebinding.rbac.authorization.k8s.io/guarded-tool-binding");
    assertThat(kubectl.run("get", "role", "tool-guarded-psp", "-n", "tool-guarded").succeeded())
        .isFalse();
    assertThat(kubectl.run("get", "podsecuritypolicy", "tool-guarded-psp").succeeded()).isFalse();
  }

  @Test
  void aToolThatTheDirectoryDoesNotHaveLosesItsRightsAndNothingElse(World world) {
    new Incumbent(world).provisionTool("stray", 50_001);
    Kubectl stray = world.kubectl(world.toolHome("stray"));
    assertThat(stray.run("get", "configmaps").succeeded()).isTrue();
    assertThat(world.run("plan").output())
        .contains("tool stray: rights end (no longer in the directory)");
    AuditLog audit = world.plane().auditLog();

    assertThat(world.run("--once").output())
        .contains(
            "tool stray: rights end (no longer in the directory)",
            "1 accounts have objects in the cluster, but no directory entry and no record: [tool"
                + " stray]");

    assertThat(stray.run("get", "configmaps").errors()).contains("Forbidden");
    assertThat(audit.calls(call -> call.isPrograms() && call.isWrite())).hasSize(1);
  }

  @Test
  void theFirstRefreshEndsTheRightsOfTheUserAfterTheGracePeriod(World world) {
    world.writeConfig("credentials: {gracePeriod: 0s}");
    new Incumbent(world).provisionTool("moving", 50_001);
    world.addTool("moving", 50_001);
    assertThat(world.run("--once").status()).isZero();
    Kubectl before = world.kubectl(world.copyOfHome("moving"));
    before.get("delete", "configmap", "maintain-kubeusers");

    assertThat(world.run("--once").status()).isZero();
    assertThat(world.run("--once").status()).isZero();

    assertThat(before.run("get", "configmaps").errors()).contains("Forbidden");
    assertThat(world.kubectl(world.toolHome("moving")).get("get", "configmaps"))
        .contains("maintain-kubeusers");
    assertThat(generation(world, "moving")).isEqualTo("1");
  }

  @Test
  void credentialsThatAreNoUseAreReplaced(World world) throws IOException {
    new Incumbent(world).provisionTool("worn", 50_001);
    world.addTool("worn", 50_001);
    Files.delete(world.toolHome("worn").resolve(".toolskube/client.key"));
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("tool worn: done (those of an earlier controller were no use)");
    assertThat(world.kubectl(world.toolHome("worn")).get("get", "configmaps"))
        .contains("maintain-kubeusers");
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

  /** What is in them; who wrote to them, if only their status, is for the audit log to say. */
  private static String quotas(World world) {
    return Stream.of("veteran", "raised")
        .map(
            tool ->
                world
                    .plane()
                    .kubectl()
                    .get(
                        "get",
                        "resourcequota,limitrange",
                        "-n",
                        "tool-" + tool,
                        "-o",
                        "jsonpath={.items[*].metadata.uid}{.items[*].spec}"))
        .toList()
        .toString();
  }

  /** Inode, owner, mode, times and names of everything in the homes. */
  private static List<String> files(World world) throws IOException {
    var lines = new ArrayList<String>();
    for (Path root : new Path[] {world.toolHomes(), world.adminHomes()}) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(path -> !path.equals(root)).sorted().toList()) {
          lines.add(
              Files.readAttributes(file, "unix:ino,uid,gid,mode,lastModifiedTime,ctime")
                  + " "
                  + file);
        }
      }
    }
    return lines;
  }
}
