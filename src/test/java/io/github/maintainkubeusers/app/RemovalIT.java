package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Taking away what can be given back, and nothing by mistake. */
@ExtendWith(WorldExtension.class)
class RemovalIT {
  private static final int REFUSED = 3;

  @Test
  void aDisabledToolLosesItsRightsAndPodsAndGetsEverythingBackWhenItReturns(World world) {
    world.addTool("resting", 50_001);
    once(world);
    Kubectl tool = world.kubectl(world.toolHome("resting"));
    String serial = Certificates.serial(world.toolHome("resting").resolve(".toolskube/client.crt"));
    world.createPod("tool-resting");
    tool.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: mine}
        data: {a: b}
        """);

    world.ldap().lockTool("resting");
    assertThat(once(world).output())
        .contains("tool resting: quarantined (disabled in the directory)");

    assertThat(tool.run("get", "configmaps").errors()).contains("Forbidden");
    assertThat(subjects(world, "resting")).isEmpty();
    assertThat(kubectl(world).get("get", "pods", "-n", "tool-resting", "-o", "name")).isEmpty();
    assertThat(kubectl(world).get("get", "resourcequota", "-n", "tool-resting", "-o", "name"))
        .contains("resourcequota/tool-resting", "resourcequota/maintain-kubeusers-quarantine");
    assertThat(world.toolHome("resting").resolve("k8s.disabled")).exists();
    assertThat(once(world).output()).contains("1 unchanged");

    world.ldap().unlockTool("resting");
    assertThat(once(world).output()).contains("tool resting: done (restored)");

    assertThat(tool.get("get", "configmap", "mine", "-o", "jsonpath={.data.a}")).isEqualTo("b");
    assertThat(Certificates.serial(world.toolHome("resting").resolve(".toolskube/client.crt")))
        .isEqualTo(serial);
    assertThat(kubectl(world).get("get", "resourcequota", "-n", "tool-resting", "-o", "name"))
        .doesNotContain("quarantine");
    assertThat(world.toolHome("resting").resolve("k8s.disabled")).doesNotExist();
    world.createPod("tool-resting");
  }

  /**
   * To it, the tools of this project are in no directory; to tell it from removals, records know
   * their project.
   */
  @Test
  void aControllerOfAnotherProjectLeavesToolsAlone(World world) {
    world.writeConfig("directory: {admins: none}");
    world.addTool("ours", 50_001);
    once(world);
    Kubectl tool = world.kubectl(world.toolHome("ours"));

    ProgramRun other = world.run("--once", "--project=toolz");
    assertThat(other.status()).as(other.output()).isZero();
    assertThat(other.output())
        .contains(
            "tool \"ours\" is held (other-project)",
            "the controller of project \"tools\" has recorded it",
            "1 held");
    assertThat(world.run("--once", "--project=toolz").output()).doesNotContain("quarantined");

    assertThat(tool.run("get", "configmaps").succeeded()).isTrue();
    assertThat(once(world).output()).contains("1 unchanged");

    kubectl(world).get("annotate", "namespace", "tool-ours", "maintain-kubeusers/project-");
    assertThat(world.run("allow-removals", "--up-to=1", "--for=1h").status()).isZero();
    assertThat(world.run("--once", "--project=toolz").output()).contains("tool ours: quarantined");
  }

  @Test
  void aLockedAdminLosesAccess(World world) {
    world.addAdmins(60_001, "mallory", "trent");
    once(world);
    Kubectl mallory = world.kubectl(world.adminHome("mallory"));
    assertThat(mallory.run("get", "namespaces").succeeded()).isTrue();

    world.ldap().lockPerson("mallory");
    once(world);

    assertThat(mallory.run("get", "namespaces").errors()).contains("Forbidden");
    assertThat(mallory.run("get", "namespaces", "--as=admin", "--as-group=system:masters").errors())
        .contains("Forbidden");
    assertThat(world.kubectl(world.adminHome("trent")).run("get", "namespaces").succeeded())
        .isTrue();

    world.ldap().unlockPerson("mallory");
    once(world);
    assertThat(mallory.run("get", "namespaces").succeeded()).isTrue();
  }

  @Test
  void aVanishedToolIsRemovedAfterTheRetentionAndItsNameIsHeldForAnotherOwner(World world) {
    world.writeConfig("removal: {retention: 1s}");
    world.addTool("passing", 50_001);
    once(world);
    world.ldap().removeTool("passing");
    // On a slow machine the retention can end within the pass that quarantines.
    var output = new StringBuilder(once(world).output());
    assertThat(output).contains("tool passing: quarantined (no longer in the directory)");
    Waiting.until(
        "the tool is removed",
        Duration.ofSeconds(60),
        () -> {
          if (!output.toString().contains("tool passing: removed")) {
            ProgramRun run = once(world);
            assertThat(run.status()).as(run.output()).isZero();
            output.append(run.output());
          }
          return output.toString().contains("tool passing: removed");
        });
    Waiting.until(
        "the namespace is gone",
        Duration.ofSeconds(60),
        () -> !kubectl(world).run("get", "namespace", "tool-passing").succeeded());
    assertThat(world.toolHome("passing")).as("homes are never deleted").exists();

    world.ldap().addTool("passing", 50_777, world.toolHomes().resolve("passing-anew").toString());
    assertThat(once(world).output()).contains("tool \"passing\" is held (name-reused)");
    assertThat(kubectl(world).run("get", "namespace", "tool-passing").succeeded()).isFalse();

    assertThat(world.run("forget", "passing").status()).isZero();
    if (io.github.maintainkubeusers.testing.User.isRoot()) {
      assertThat(once(world).output()).contains("tool passing: done (new)");
    }
  }

  @Test
  void aToolThatReturnsAfterItsRemovalHasNewCredentials(World world) {
    world.writeConfig("removal: {disable: delete-namespace}");
    world.addTool("boomerang", 50_001);
    once(world);
    String before = subjects(world, "boomerang");
    world.ldap().removeTool("boomerang");
    assertThat(once(world).output()).contains("tool boomerang: removed");
    Waiting.until(
        "the namespace is gone",
        Duration.ofSeconds(60),
        () -> !kubectl(world).run("get", "namespace", "tool-boomerang").succeeded());

    world.addTool("boomerang", 50_001);
    once(world);
    assertThat(subjects(world, "boomerang"))
        .matches("tool:boomerang:[0-9a-v]{20}")
        .isNotEqualTo(before);
  }

  @Test
  void aDirectoryThatHasLostNearlyEverybodyIsNotBelievedUntilAnAdminSaysSo(World world) {
    for (int i = 0; i < 7; i++) {
      world.addTool("mass-" + i, 50_001 + i);
    }
    once(world);
    for (int i = 0; i < 7; i++) {
      world.ldap().removeTool("mass-" + i);
    }

    ProgramRun refused = world.run("--once");
    assertThat(refused.status()).as(refused.output()).isEqualTo(REFUSED);
    assertThat(refused.output())
        .contains(
            "Removals refused: 7 of 7 accounts would lose access, at most 5 may in one pass",
            "7 removals refused");
    assertThat(world.kubectl(world.toolHome("mass-3")).run("get", "configmaps").succeeded())
        .isTrue();

    assertThat(world.run("allow-removals", "--up-to=6", "--by=root").status()).isZero();
    assertThat(world.run("--once").status()).as("six are not enough").isEqualTo(REFUSED);
    assertThat(world.run("allow-removals", "--up-to=7", "--for=5m", "--by=alice").status())
        .isZero();
    ProgramRun allowed = world.run("--once");
    assertThat(allowed.status()).as(allowed.output()).isZero();
    assertThat(allowed.output()).contains("7 accounts lose access: approved by alice");
    assertThat(world.kubectl(world.toolHome("mass-3")).run("get", "configmaps").errors())
        .contains("Forbidden");
    assertThat(
            kubectl(world)
                .get(
                    "get",
                    "configmap",
                    "maintain-kubeusers-allowance",
                    "-n",
                    "maintain-kubeusers",
                    "-o",
                    "jsonpath={.data.used}"))
        .as("it is good for one pass")
        .isNotEmpty();
  }

  @Test
  void aMissingSentinelStopsEveryRemoval(World world) {
    world.writeConfig("removal: {sentinels: [sentinel]}");
    world.addTool("sentinel", 50_001);
    world.addTool("ordinary", 50_002);
    once(world);
    world.ldap().removeTool("sentinel");
    world.ldap().removeTool("ordinary");
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isEqualTo(REFUSED);
    assertThat(run.output()).contains("the directory has no tool [sentinel]");
    assertThat(world.kubectl(world.toolHome("ordinary")).run("get", "configmaps").succeeded())
        .isTrue();
  }

  @Test
  void aDirectoryWithoutTheAdminGroupEndsThePassAndNobodyIsRemoved(World world) {
    world.addTool("safe", 50_001);
    once(world);
    world.ldap().removeTool("safe");
    world.ldap().removeAdminGroup();
    assertThat(world.run("--once").status()).isEqualTo(1);
    assertThat(world.kubectl(world.toolHome("safe")).run("get", "configmaps").succeeded()).isTrue();
  }

  private static ProgramRun once(World world) {
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isZero();
    return run;
  }

  private static Kubectl kubectl(World world) {
    return world.plane().kubectl();
  }

  private static String subjects(World world, String tool) {
    return kubectl(world)
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
