package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.testing.FaultyApiServer;
import io.github.maintainkubeusers.testing.FaultyApiServer.Answer;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.User;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What goes wrong with one account stays with it; what goes wrong with everything ends the pass,
 * and says so.
 */
@ExtendWith(WorldExtension.class)
class FaultsIT {
  private static final int COULD_NOT_RUN = 1;
  private static final int SOME_FAILED = 3;

  @Test
  void anLdapServerThatCannotBeReachedEndsThePass(World world) {
    world.writeLdapFile("servers: [\"ldap://127.0.0.1:1\"]\n");
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isEqualTo(COULD_NOT_RUN);
    assertThat(run.output()).contains("ldap://127.0.0.1:1").contains("could not");
  }

  @Test
  void aWrongBindPasswordEndsThePassAndIsNotShown(World world) {
    world.writeLdapFile(
        "servers: [\"%s\"]\nuser: \"%s\"\npassword: not-the-right-one\n"
            .formatted(world.ldap().url(), world.ldap().bindDn()));
    ProgramRun run = world.run("--once", "--debug");
    assertThat(run.status()).as(run.output()).isEqualTo(COULD_NOT_RUN);
    assertThat(run.output()).contains(world.ldap().bindDn()).doesNotContain("not-the-right-one");
  }

  @Test
  void aWrongBaseEndsThePass(World world) {
    world.writeConfig("directory: {tools: {base: \"ou=nowhere,dc=wikimedia,dc=org\"}}");
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isEqualTo(COULD_NOT_RUN);
    assertThat(run.output()).contains("ou=nowhere,dc=wikimedia,dc=org");
  }

  @Test
  void anApiServerThatCannotBeReachedEndsThePass(World world) {
    world.connectTo("https://127.0.0.1:1");
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isEqualTo(COULD_NOT_RUN);
    assertThat(run.output())
        .contains("could not list namespaces: the API server cannot be reached");
  }

  @Test
  void aTokenThatTheApiServerDoesNotKnowEndsThePassAndIsNotShown(World world) {
    world.writeKubeconfig(
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "%s", certificate-authority: "%s"}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        users: [{name: u, user: {token: no-such-token}}]
        current-context: c
        """
            .formatted(world.plane().server(), world.plane().ca().certificate()));
    ProgramRun run = world.run("--once", "--debug");
    assertThat(run.status()).as(run.output()).isEqualTo(COULD_NOT_RUN);
    assertThat(run.output()).contains("401 Unauthorized").doesNotContain("no-such-token");
  }

  @Test
  void missingRightsEndThePassAndSayWhichAreMissing(World world) {
    world.connectAsNobody();
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isEqualTo(COULD_NOT_RUN);
    assertThat(run.output())
        .contains("could not list namespaces", "403 Forbidden", "cannot list resource");
  }

  @Test
  void aBusyApiServerIsAskedAgainWhenItSays(World world) {
    world.addTool("busy", 50_001);
    var refused = new AtomicInteger();
    onToolWrites(
        world,
        "busy",
        call ->
            refused.incrementAndGet() <= 2
                ? Optional.of(new Answer(429, Map.of("Retry-After", "1"), "{}"))
                : Optional.empty(),
        () -> {
          ProgramRun run = world.run("--once");
          assertThat(run.status()).as(run.output()).isZero();
          assertThat(refused.get()).isGreaterThan(2);
        });
  }

  @Test
  void anErrorOfTheApiServerIsTheAccountsOwnAndHeals(World world) {
    failsThenHeals(
        world, "erring", _ -> Optional.of(Answer.status(500)), "500 Internal Server Error");
  }

  @Test
  void aConflictIsTheAccountsOwnAndHeals(World world) {
    failsThenHeals(world, "conflicting", _ -> Optional.of(Answer.status(409)), "409 Conflict");
  }

  @Test
  void aCallThatHangsIsTheAccountsOwnAndHeals(World world) {
    world.writeConfig("cluster: {callTimeout: 2s}");
    var never = new CountDownLatch(1);
    failsThenHeals(
        world,
        "hanging",
        _ -> {
          never.await();
          return Optional.empty();
        },
        "the API server cannot be reached");
  }

  @Test
  void aRequestThatIsNeverSignedIsNotRecordedAndLeavesNothing(World world) {
    world.writeConfig("credentials: {signingTimeout: 2s}");
    world.addTool("unsigned", 50_001);
    world.plane().stopControllerManager();
    try {
      ProgramRun run = world.run("--once");
      assertThat(run.status()).as(run.output()).isEqualTo(SOME_FAILED);
      assertThat(run.output())
          .contains(
              "could not obtain a certificate for tool unsigned", "did not sign it within 2 s");
      isExplained(world, "unsigned", "could not obtain a certificate for tool unsigned");
      nothingIsRecorded(world, "unsigned");
    } finally {
      world.plane().startControllerManager();
    }
    world.writeConfig("");
    assertThat(world.run("--once").status()).isZero();
  }

  @Test
  void aRequestThatSomebodyDeniesIsNotRecordedAndLeavesNothing(World world) {
    world.addTool("denied", 50_001);
    try (FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      api.inject(
          call -> {
            if (call.path().contains("/approval")) {
              String name =
                  call.path().replaceAll(".*/certificatesigningrequests/([^/]+)/.*", "$1");
              world.plane().kubectl().get("certificate", "deny", name);
            }
            return Optional.empty();
          });
      world.connectTo(api.url());
      ProgramRun run = world.run("--once");
      assertThat(run.status()).as(run.output()).isEqualTo(SOME_FAILED);
      assertThat(run.output())
          .contains("tool denied: could not approve certificatesigningrequests");
      isExplained(world, "denied", "could not approve certificatesigningrequests");
      nothingIsRecorded(world, "denied");
    }
  }

  @Test
  void aRequestThatTheSignerRefusesIsNotRecordedAndLeavesNothing(World world) throws IOException {
    world.addTool("refused", 50_001);
    world.writeKubeconfig(Files.readString(world.plane().adminKubeconfig()));
    world.writeConfig("cluster: {signer: kubernetes.io/kubelet-serving}");
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isEqualTo(SOME_FAILED);
    assertThat(run.output())
        .contains("could not obtain a certificate for tool refused", "it was failed");
    isExplained(world, "refused", "could not obtain a certificate for tool refused");
    nothingIsRecorded(world, "refused");
  }

  @Test
  void aHomeWithoutAParentIsTheAccountsOwn(World world) {
    world.addTool("housed", 50_001);
    world
        .ldap()
        .addTool(
            "homeless",
            User.isRoot() ? 50_002 : User.uid(),
            world.toolHomes().resolve("missing/homeless").toString());
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isEqualTo(SOME_FAILED);
    assertThat(run.output())
        .contains("tool homeless: could not")
        .contains("missing")
        .contains("1 done");
    nothingIsRecorded(world, "homeless");
    assertThat(world.kubectl(world.toolHome("housed")).get("get", "configmaps"))
        .contains("maintain-kubeusers");
  }

  @Test
  void aFullDiskIsTheAccountsOwnAndHeals(World world) throws IOException, InterruptedException {
    assumeTrue(User.isRoot(), "only root can mount a small filesystem");
    world.addTool("roomy", 50_001);
    Path home = Files.createDirectory(world.toolHome("cramped"));
    world.addTool("cramped", 50_002);
    command("mount", "-t", "tmpfs", "-o", "size=64k,uid=50002,gid=50002", "tmpfs", home.toString());
    try {
      Path filler = home.resolve("filler");
      command("sh", "-c", "cat /dev/zero > " + filler + " 2>/dev/null || true");
      ProgramRun run = world.run("--once");
      assertThat(run.status()).as(run.output()).isEqualTo(SOME_FAILED);
      assertThat(run.output())
          .contains("tool cramped: could not")
          .contains("No space left on device");
      nothingIsRecorded(world, "cramped");
      Files.delete(filler);
      assertThat(world.run("--once").status()).isZero();
    } finally {
      command("umount", home.toString());
    }
  }

  @Test
  void aKubeconfigThatCannotBeReadIsLeftAloneAndWithholdsNoCredentials(World world)
      throws IOException {
    world.addTool("garbled", 50_001);
    assertThat(world.run("--once").status()).isZero();
    Path config = world.toolHome("garbled").resolve(".kube/config");
    String garbage = "apiVersion: v1\nkind: Config\nusers:\n  - name: [tab\n";
    Files.writeString(config, garbage);
    world.plane().kubectl().get("delete", "configmap", "maintain-kubeusers", "-n", "tool-garbled");
    String generation = generation(world, "garbled");

    ProgramRun run = world.run("--once");

    assertThat(run.status()).as(run.output()).isEqualTo(SOME_FAILED);
    assertThat(run.output()).contains(config.toString()).containsPattern("line \\d+, column \\d+");
    assertThat(config).hasContent(garbage);
    assertThat(generation(world, "garbled")).isNotEqualTo(generation);
    assertThat(
            world
                .plane()
                .kubectl()
                .get(
                    "get",
                    "configmap",
                    "maintain-kubeusers",
                    "-n",
                    "tool-garbled",
                    "-o",
                    "jsonpath={.data.status}"))
        .contains("without a kubeconfig", "line ", "client-certificate");
    assertThat(world.run("--once").status())
        .as("tried again, and told again")
        .isEqualTo(SOME_FAILED);

    Files.delete(config);
    assertThat(world.run("--once").status()).isZero();
    assertThat(world.kubectl(world.toolHome("garbled")).get("get", "configmaps"))
        .contains("maintain-kubeusers");
  }

  @Test
  void whatAnOwnerAddedToTheKubeconfigSurvivesARefresh(World world) throws IOException {
    world.addTool("owner", 50_001);
    assertThat(world.run("--once").status()).isZero();
    Path config = world.toolHome("owner").resolve(".kube/config");
    Files.writeString(config, Files.readString(config) + "# my own remark\nextensions: []\n");
    var kubectl = world.kubectl(world.toolHome("owner"));
    kubectl.get("config", "set-cluster", "elsewhere", "--server=https://elsewhere.example");
    kubectl.get("config", "set", "users.me.client-certificate", "/tmp/me.crt");
    kubectl.get("config", "set", "users.me.client-key", "/tmp/me.key");
    kubectl.get("config", "set-context", "elsewhere", "--cluster=elsewhere", "--user=me");
    kubectl.get("config", "use-context", "elsewhere");
    world.plane().kubectl().get("delete", "configmap", "maintain-kubeusers", "-n", "tool-owner");

    assertThat(world.run("--once").status()).isZero();

    assertThat(kubectl.get("config", "current-context").strip()).isEqualTo("elsewhere");
    assertThat(kubectl.get("config", "view", "-o", "jsonpath={.users[*].name}").split(" "))
        .containsExactlyInAnyOrder("tf-owner", "me");
    assertThat(kubectl.get("--context=toolforge", "get", "configmaps"))
        .contains("maintain-kubeusers");
  }

  private static void failsThenHeals(
      World world, String tool, FaultyApiServer.Fault fault, String reason) {
    world.addTool(tool, 50_001);
    world.addTool("beside-" + tool, 50_002);
    onToolWrites(
        world,
        tool,
        fault,
        () -> {
          ProgramRun run = world.run("--once");
          assertThat(run.status()).as(run.output()).isEqualTo(SOME_FAILED);
          assertThat(run.output())
              .contains("tool " + tool + ": could not")
              .contains(reason)
              .contains("1 done", "1 failed");
          nothingIsRecorded(world, tool);
        });
    assertThat(world.run("--once").status()).isZero();
    assertThat(world.kubectl(world.toolHome(tool)).get("get", "configmaps"))
        .contains("maintain-kubeusers");
  }

  /** Lets writes to the tool's quota go wrong while something is done. */
  private static void onToolWrites(
      World world, String tool, FaultyApiServer.Fault fault, Runnable action) {
    try (FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      api.inject(
          call ->
              call.isWrite() && call.path().contains("/namespaces/tool-" + tool + "/resourcequotas")
                  ? fault.at(call)
                  : Optional.empty());
      world.connectTo(api.url());
      action.run();
    } finally {
      world.connectTo(world.plane().server());
    }
  }

  private static void isExplained(World world, String tool, String cause) {
    ProgramRun run = world.run("explain", tool);
    assertThat(run.status()).as(run.output()).isEqualTo(SOME_FAILED);
    assertThat(run.output()).containsPattern("Cause: the controller fails since \\S+: " + cause);
  }

  private static void nothingIsRecorded(World world, String tool) {
    assertThat(
            world
                .plane()
                .kubectl()
                .run("get", "configmap", "maintain-kubeusers", "-n", "tool-" + tool)
                .succeeded())
        .as("a ConfigMap stands")
        .isFalse();
    assertThat(generation(world, tool)).as("a record stands").isEmpty();
    assertThat(world.plane().kubectl().get("get", "csr", "-o", "name"))
        .as("a signing request is left")
        .isEmpty();
  }

  private static String generation(World world, String tool) {
    return world
        .plane()
        .kubectl()
        .get(
            "get",
            "namespace",
            "tool-" + tool,
            "--ignore-not-found",
            "-o",
            "jsonpath={.metadata.annotations.maintain-kubeusers/generation}");
  }

  private static void command(String... words) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
  }
}
