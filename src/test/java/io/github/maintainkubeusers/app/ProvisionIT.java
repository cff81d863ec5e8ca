package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.User;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class ProvisionIT {
  @Test
  void twentyFiveToolsAndTwoAdminsGetTheirPlaceInOnePassAndTheNextWritesNothing(World world)
      throws IOException {
    List<String> tools = IntStream.rangeClosed(1, 25).mapToObj(i -> "many-" + i).toList();
    for (int i = 0; i < tools.size(); i++) {
      world.addTool(tools.get(i), 50_001 + i);
    }
    world.addAdmins(60_001, "alice", "bob");

    ProgramRun first = world.run("--once");
    assertThat(first.status()).as(first.output()).isZero();
    assertThat(first.output()).contains("27 accounts").contains("27 done");

    for (int i = 0; i < tools.size(); i++) {
      usesItsOwnNamespaceAlone(world, tools.get(i), tools.get((i + 1) % tools.size()));
      toolHomeIsAsItShouldBe(world.toolHome(tools.get(i)), 50_001 + i);
    }
    adminHomeIsAsItShouldBe(world.adminHome("bob"), 60_002);
    objectsAreAsTheyShouldBe(world, "many-7");
    assertThat(world.plane().kubectl().get("get", "csr", "-o", "name")).isEmpty();

    AuditLog audit = world.plane().auditLog();
    ProgramRun second = world.run("--once");
    assertThat(second.status()).as(second.output()).isZero();
    assertThat(second.output()).contains("27 unchanged");
    assertThat(audit.calls(AuditLog.Call::isPrograms))
        .isNotEmpty()
        .noneMatch(AuditLog.Call::isWrite);
  }

  @Test
  void anAdminSeesEverythingAndRepairsAsSystemMasters(World world) {
    world.addTool("broken", 50_001);
    world.addAdmins(60_001, "carol");
    assertThat(world.run("--once").status()).isZero();

    Kubectl carol = world.kubectl(world.adminHome("carol"));
    assertThat(carol.get("get", "pods", "-n", "tool-broken")).isEmpty();
    assertThat(
            carol.run("delete", "configmap", "maintain-kubeusers", "-n", "tool-broken").succeeded())
        .isFalse();
    assertThat(
            carol.get(
                "delete",
                "configmap",
                "maintain-kubeusers",
                "-n",
                "tool-broken",
                "--as=admin",
                "--as-group=system:masters"))
        .contains("deleted");
    assertThat(carol.run("get", "secrets", "-n", "tool-broken").errors()).contains("forbidden");
  }

  @Test
  void thePlanSaysWhatAPassWouldDoAndDoesNothing(World world) {
    world.addTool("planned", 50_001);
    ProgramRun plan = world.run("plan");
    assertThat(plan.status()).as(plan.output()).isZero();
    assertThat(plan.output())
        .contains(
            "tool planned: new",
            "create the namespace",
            "create ResourceQuota (resourcequota)",
            "set subjects of RoleBinding (rolebinding) to [tool:planned:",
            "issue a new key and certificate, ID ",
            "record the credentials as generation 1");
    assertThat(world.plane().kubectl().run("get", "namespace", "tool-planned").succeeded())
        .isFalse();
    assertThat(world.toolHome("planned")).doesNotExist();
  }

  @Test
  void whatIsNotValidInTheDirectoryIsHeldAndTheOthersAreDone(World world) {
    world.addTool("good", 50_001);
    world.addTool("Bad_Name", 50_002);
    world.ldap().addTool("elsewhere", User.isRoot() ? 50_003 : User.uid(), "/etc/elsewhere");
    world
        .ldap()
        .addTool(
            "system", User.isRoot() ? 50_004 : User.uid(), world.toolHome("system").toString());
    world.ldap().addTool("root-like", 5, world.toolHome("root-like").toString());

    ProgramRun run = world.run("--once");

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("1 done", "4 held")
        .contains("tool \"Bad_Name\" is held (invalid-name)")
        .contains("tool \"elsewhere\" is held (home-outside-roots)")
        .contains("tool \"system\" is held (reserved-name)")
        .contains("tool \"root-like\" is held (uid-below-floor)");
    assertThat(world.plane().kubectl().run("get", "namespace", "tool-elsewhere").succeeded())
        .isFalse();
  }

  @Test
  void aNamespaceOfTheNameThatIsSomebodyElsesIsLeftAlone(World world) {
    world.plane().kubectl().get("create", "namespace", "tool-foreign");
    world.addTool("foreign", 50_001);
    ProgramRun run = world.run("--once");
    assertThat(run.output()).contains("tool \"foreign\" is held (foreign-namespace)");
    assertThat(
            world.plane().kubectl().get("get", "resourcequota,rolebinding", "-n", "tool-foreign"))
        .isEmpty();
    assertThat(world.toolHome("foreign")).doesNotExist();
  }

  private static void usesItsOwnNamespaceAlone(World world, String tool, String other) {
    Kubectl kubectl = world.kubectl(world.toolHome(tool));
    assertThat(kubectl.get("get", "configmaps")).contains("maintain-kubeusers");
    assertThat(kubectl.get("auth", "can-i", "create", "deployments")).contains("yes");
    Kubectl.Result refused = kubectl.run("get", "configmaps", "-n", "tool-" + other);
    assertThat(refused.succeeded()).isFalse();
    assertThat(refused.errors()).contains("Forbidden");
  }

  private static void toolHomeIsAsItShouldBe(Path home, int uid) throws IOException {
    has(home, uid, 02775);
    has(home.resolve("logs"), uid, 02775);
    has(home.resolve(".kube"), uid, 0755);
    has(home.resolve(".toolskube"), uid, 0755);
    has(home.resolve(".kube/config"), uid, 0600);
    has(home.resolve(".toolskube/client.crt"), uid, 0400);
    has(home.resolve(".toolskube/client.key"), uid, 0400);
    assertThat(home.resolve(".toolskube").toFile().list())
        .containsExactlyInAnyOrder("client.crt", "client.key");
  }

  private static void adminHomeIsAsItShouldBe(Path home, int uid) throws IOException {
    has(home, uid, 02700);
    has(home.resolve(".kube"), uid, 0700);
    has(home.resolve(".admkube"), uid, 0700);
    has(home.resolve(".admkube/client.key"), uid, 0400);
    assertThat(home.resolve("logs")).doesNotExist();
  }

  private static void has(Path file, int uid, int mode) throws IOException {
    int owner = User.isRoot() ? uid : User.uid();
    assertThat(Files.getAttribute(file, "unix:uid")).as("uid of " + file).isEqualTo(owner);
    if (User.isRoot()) {
      assertThat(Files.getAttribute(file, "unix:gid")).as("gid of " + file).isEqualTo(owner);
    }
    assertThat((int) Files.getAttribute(file, "unix:mode") & 07777)
        .as("mode of " + file)
        .isEqualTo(mode);
  }

  private static void objectsAreAsTheyShouldBe(World world, String tool) {
    Kubectl kubectl = world.plane().kubectl();
    String namespace = "tool-" + tool;
    assertThat(
            kubectl.get(
                "get",
                "namespace",
                namespace,
                "-o",
                "jsonpath={.metadata.labels.name}/{.metadata.labels.tenancy}"))
        .isEqualTo(namespace + "/tool");
    assertThat(
            kubectl.get(
                "get", "resourcequota", namespace, "-n", namespace, "-o", "jsonpath={.spec.hard}"))
        .contains(
            "\"configmaps\":\"10\"",
            "\"count/cronjobs.batch\":\"50\"",
            "\"count/deployments.apps\":\"3\"",
            "\"count/jobs.batch\":\"15\"",
            "\"limits.cpu\":\"2\"",
            "\"limits.memory\":\"8Gi\"",
            "\"persistentvolumeclaims\":\"3\"",
            "\"pods\":\"10\"",
            "\"replicationcontrollers\":\"1\"",
            "\"requests.cpu\":\"2\"",
            "\"requests.memory\":\"6Gi\"",
            "\"secrets\":\"10\"",
            "\"services\":\"1\"",
            "\"services.nodeports\":\"0\"");
    assertThat(
            kubectl.get(
                "get",
                "limitrange",
                namespace,
                "-n",
                namespace,
                "-o",
                "jsonpath={.spec.limits[0]}"))
        .contains(
            "\"default\":{\"cpu\":\"500m\",\"memory\":\"512Mi\"}",
            "\"defaultRequest\":{\"cpu\":\"150m\",\"memory\":\"256Mi\"}",
            "\"max\":{\"cpu\":\"1\",\"memory\":\"4Gi\"}",
            "\"min\":{\"cpu\":\"50m\",\"memory\":\"100Mi\"}");
    assertThat(
            kubectl.get(
                "get",
                "rolebinding",
                tool + "-tool-binding",
                "-n",
                namespace,
                "-o",
                "jsonpath={.roleRef.name}:{.subjects[*].kind}:{.subjects[*].name}"))
        .matches("tools-user:Group:tool:" + tool + ":[0-9a-v]{20}");
    assertThat(
            kubectl.get(
                "get",
                "configmap",
                "maintain-kubeusers",
                "-n",
                namespace,
                "-o",
                "jsonpath={.data.expires}"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
    assertThat(
            Set.of(
                kubectl.get(
                    "get",
                    "namespace",
                    namespace,
                    "-o",
                    "jsonpath={.metadata.annotations.maintain-kubeusers/generation}")))
        .containsExactly("1");
  }
}
