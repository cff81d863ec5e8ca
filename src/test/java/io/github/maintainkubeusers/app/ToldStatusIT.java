package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.RootOnly;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What users of tools read in the ConfigMap where something stands in the way. */
@RootOnly
@ExtendWith(WorldExtension.class)
class ToldStatusIT {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String CONFIG =
      """
        reservedNames: [later]
        uidFloor: 45000
      homes: {checkInterval: 1s}
      credentials: {refreshBurst: 1, refreshInterval: 1d}
      """;
  private static final List<String> TOOLS =
      List.of(
          "outside",
          "relative",
          "guest",
          "host",
          "twin",
          "deploy",
          "later",
          "garbled",
          "linked",
          "piped",
          "large",
          "busy");

  @Test
  void saysTwelveFaultsInTheWordsOfExplain(World world) throws IOException {
    for (int i = 0; i < TOOLS.size(); i++) {
      world.addTool(TOOLS.get(i), 50_001 + i);
    }
    world.addTool("lowly", 40_001);
    world.writeConfig("credentials: {refreshBurst: 1, refreshInterval: 1d}");
    assertThat(world.run("--once").status()).isZero();
    Kubectl kubectl = world.plane().kubectl();
    kubectl.get("delete", "configmap", "maintain-kubeusers", "-n", "tool-busy");
    assertThat(world.run("--once").status()).isZero();

    Map<String, String> told = seed(world);

    world.writeConfig(CONFIG);
    try (ProgramRun program = world.start("--interval=1")) {
      told.forEach(
          (tool, words) ->
              Waiting.untilPassed(
                  SOON, () -> assertThat(status(kubectl, tool)).as(tool).contains(words)));
      assertThat(program.output()).doesNotContain("internal error");
      explained(world, told);
    } finally {
      kubectl.get("delete", "clusterrolebinding", "deploy");
    }
  }

  private static void explained(World world, Map<String, String> told) {
    told.forEach(
        (tool, words) -> {
          if (words.startsWith("it is held")) {
            assertThat(world.run("explain", tool).output()).as(tool).contains("Cause: " + words);
          }
        });
  }

  private static Map<String, String> seed(World world) throws IOException {
    var told = new TreeMap<String, String>();
    move(world, "outside", "/srv/outside");
    told.put("outside", "it is held (home-outside-roots)");
    move(world, "relative", "data/relative");
    told.put("relative", "it is held (invalid-home)");
    move(world, "guest", world.toolHome("host").toString());
    told.put("guest", "it is held (shared-home)");
    world.addTool("twain", uid("twin"));
    told.put("twin", "it is held (shared-uid)");
    Kubectl kubectl = world.plane().kubectl();
    kubectl.get("create", "clusterrolebinding", "deploy", "--clusterrole=view", "--user=deploy");
    told.put("deploy", "it is held (name-has-other-rights): ClusterRoleBinding deploy");
    told.put("later", "it is held (reserved-name)");
    told.put("lowly", "it is held (uid-below-floor)");
    kubectl.get("delete", "configmap", "maintain-kubeusers", "-n", "tool-busy");
    told.put("busy", "new credentials at ");
    Files.writeString(kubeconfig(world, "garbled"), "users: [");
    told.put("garbled", "user created, without a kubeconfig: could not merge into ");
    Path target = world.toolHome("linked").resolve("dotfile");
    Files.move(kubeconfig(world, "linked"), target);
    Files.createSymbolicLink(kubeconfig(world, "linked"), target);
    told.put("linked", "user created, without a kubeconfig: could not read ");
    Files.delete(kubeconfig(world, "piped"));
    assertThat(world.shell("mkfifo " + kubeconfig(world, "piped")).succeeded()).isTrue();
    told.put("piped", "user created, without a kubeconfig: could not read ");
    Files.writeString(kubeconfig(world, "large"), "#".repeat(300_000));
    told.put("large", "user created, without a kubeconfig: could not read ");
    assertThat(told).hasSize(12);
    return told;
  }

  private static void move(World world, String tool, String home) {
    world.ldap().removeTool(tool);
    world.ldap().addTool(tool, uid(tool), home);
  }

  private static int uid(String tool) {
    return 50_001 + TOOLS.indexOf(tool);
  }

  private static Path kubeconfig(World world, String tool) {
    return world.toolHome(tool).resolve(".kube/config");
  }

  private static String status(Kubectl kubectl, String tool) {
    return kubectl
        .run(
            "get",
            "configmap",
            "maintain-kubeusers",
            "-n",
            "tool-" + tool,
            "-o=jsonpath={.data.status}")
        .output();
  }
}
