package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Incumbent;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever was to lose rights has kept a copy of the credentials, and tries them afterwards. */
@ExtendWith(WorldExtension.class)
class ThiefIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int SOME_FAILED = 3;

  @Test
  void anAdminOfAnEarlierControllerWhoIsNotInTheDirectoryLosesAllRights(World world) {
    new Incumbent(world).provisionAdmin("veteran", 60_001);
    world.addAdmins(60_002, "present");
    Kubectl veteran = world.kubectl(world.adminHome("veteran"));
    assertThat(
            veteran.run("get", "namespaces", "--as=admin", "--as-group=system:masters").succeeded())
        .isTrue();
    assertThat(world.run("plan").output())
        .contains("admin veteran: rights end (no longer in the directory)");

    once(world);

    assertThat(veteran.run("get", "namespaces").errors()).contains("Forbidden");
    assertThat(veteran.run("get", "namespaces", "--as=admin", "--as-group=system:masters").errors())
        .contains("Forbidden");
  }

  @Test
  void aToolWhoseNameOthersGiveRightsToIsHeld(World world) {
    kubectl(world)
        .get(
            "create",
            "clusterrolebinding",
            "deploybot-everything",
            "--clusterrole=cluster-admin",
            "--user=deploybot");
    try {
      world.addTool("deploybot", 50_001);
      assertThat(world.run("--once").output())
          .contains(
              "tool \"deploybot\" is held (name-has-other-rights)",
              "ClusterRoleBinding deploybot-everything");
      assertThat(world.toolHome("deploybot").resolve(".toolskube/client.crt")).doesNotExist();
    } finally {
      kubectl(world).get("delete", "clusterrolebinding", "deploybot-everything");
    }
    once(world);
    assertThat(own(world, "deploybot").get("auth", "can-i", "create", "pods")).contains("yes");
    assertThat(own(world, "deploybot").run("auth", "can-i", "*", "*", "--all-namespaces").output())
        .contains("no");

    tellsTheOwner(world);
  }

  /** Of a tool that is held later, and keeps what it has. */
  private static void tellsTheOwner(World world) {
    kubectl(world)
        .get(
            "create",
            "clusterrolebinding",
            "deploybot-view",
            "--clusterrole=view",
            "--user=deploybot");
    try {
      Object _ = world.run("--once");
      assertThat(own(world, "deploybot").get("get", "configmap", "maintain-kubeusers", "-o=yaml"))
          .contains("it is held (name-has-other-rights): ClusterRoleBinding deploybot-view");
    } finally {
      kubectl(world).get("delete", "clusterrolebinding", "deploybot-view");
    }
    once(world);
    assertThat(own(world, "deploybot").get("get", "configmap", "maintain-kubeusers", "-o=yaml"))
        .contains("status: user created\n");
  }

  @Test
  void aLockedAdminLosesAccessWhileAToolOfTheSameNameExists(World world) {
    world.addAdmins(60_001, "twin", "other");
    once(world);
    Kubectl admin = world.kubectl(world.adminHome("twin"));
    world.addTool("twin", 50_001);
    world.ldap().lockPerson("twin");

    assertThat(world.run("--once").output())
        .contains("tool \"twin\" is held (name-of-tool-and-admin)");

    assertThat(admin.run("get", "namespaces").errors()).contains("Forbidden");
  }

  @Test
  void whatIsLockedWhenAnEarlierControllerIsSucceededLosesItsRights(World world) {
    new Incumbent(world).provisionTool("locked", 50_001);
    world.addTool("locked", 50_001);
    world.ldap().lockTool("locked");
    Kubectl tool = own(world, "locked");
    assertThat(tool.run("get", "configmaps").succeeded()).isTrue();

    once(world);

    assertForbidden(tool);
    assertThat(annotation(world, "locked", "state")).isEqualTo("quarantined");
  }

  /**
   * As after etcd was restored: the record and the binding are those of before the last refresh.
   */
  @Test
  void credentialsThatARestoredClusterBringsBackLoseTheirRights(World world) {
    world.writeConfig("homes: {checkInterval: 1s}\ncredentials: {gracePeriod: 0s}");
    world.addTool("restored", 50_001);
    once(world);
    Kubectl superseded = world.kubectl(world.copyOfHome("restored"));
    Map<String, String> record = annotations(world, "restored");
    List<String> subjects = subjects(world, "restored");
    superseded.get("delete", "configmap", "maintain-kubeusers");
    once(world);
    once(world);
    assertThat(superseded.run("get", "configmaps").errors()).contains("Forbidden");

    record.forEach(
        (name, value) ->
            kubectl(world)
                .get("annotate", "--overwrite", "namespace", "tool-restored", name + "=" + value));
    kubectl(world)
        .get(
            "patch",
            "rolebinding",
            "restored-tool-binding",
            "-n",
            "tool-restored",
            "--type=merge",
            "-p",
            "{\"subjects\":[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Group\",\"name\":\""
                + subjects.getFirst()
                + "\"}]}");
    assertThat(superseded.run("get", "configmaps").succeeded()).as("they are back").isTrue();

    try (ProgramRun program = world.start("--interval=1")) {
      Waiting.until(
          "the home is looked into\n" + program.output(),
          SOON,
          () ->
              program.output().contains("tool restored: done (the record is older than the home)"));
      assertThat(superseded.run("get", "configmaps").errors()).contains("Forbidden");
      awaitOwn(world, "restored");
    }
  }

  private static void once(World world) {
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isIn(0, SOME_FAILED);
  }

  private static void awaitOwn(World world, String tool) {
    Waiting.until(
        "credentials of " + tool,
        SOON,
        () ->
            Files.exists(world.toolHome(tool).resolve(".kube/config"))
                && own(world, tool).run("get", "configmaps").succeeded());
  }

  private static Map<String, String> annotations(World world, String tool) {
    var annotations = new HashMap<String, String>();
    for (String name :
        List.of(
            "credential",
            "certificate",
            "serial",
            "not-before",
            "not-after",
            "since",
            "generation")) {
      annotations.put(
          "maintain-kubeusers/" + name,
          kubectl(world)
              .get(
                  "get",
                  "namespace",
                  "tool-" + tool,
                  "-o",
                  "jsonpath={.metadata.annotations.maintain-kubeusers/" + name + "}"));
    }
    return annotations;
  }

  private static List<String> subjects(World world, String tool) {
    return List.of(
        kubectl(world)
            .get(
                "get",
                "rolebinding",
                tool + "-tool-binding",
                "-n",
                "tool-" + tool,
                "-o",
                "jsonpath={.subjects[*].name}")
            .split(" "));
  }

  private static Kubectl own(World world, String tool) {
    return world.kubectl(world.toolHome(tool));
  }

  private static void assertForbidden(Kubectl stolen) {
    assertThat(stolen.run("get", "secrets").errors()).contains("Forbidden");
  }

  private static String annotation(World world, String tool, String name) {
    return kubectl(world)
        .get(
            "get",
            "namespace",
            "tool-" + tool,
            "-o",
            "jsonpath={.metadata.annotations.maintain-kubeusers/" + name + "}");
  }

  private static Kubectl kubectl(World world) {
    return world.plane().kubectl();
  }
}
