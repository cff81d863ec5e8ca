package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code explain} on a real cluster. */
@ExtendWith(WorldExtension.class)
class ExplainIT {
  private static final int OK = 0;
  private static final int WRONG = 3;
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void saysWhatStandsInTheWay(World world) throws IOException {
    world.addTool("asked", 50_001);
    world.addTool("other", 50_002);
    world.addAdmins(60_001, "lena", "lars");
    assertThat(world.run("--once").status()).isZero();
    Waiting.until(
        "the namespace's service account",
        SOON,
        () ->
            world
                .plane()
                .kubectl()
                .run("get", "serviceaccount", "default", "-n", "tool-asked")
                .succeeded());

    assertTold(
        explain(world, "asked"),
        OK,
        "  directory   well: user id",
        "  binding     well",
        "  files       well",
        "  pair        well",
        "  user        well: the API server knows it as asked",
        "  access      well: it may do what all of its kind may",
        "  quota       well",
        "  pod         well",
        "Nothing is wrong.");
    assertTold(
        explain(world, "lena", "--admin"),
        OK,
        "  user        well: the API server knows it as lena",
        "  access      well",
        "Nothing is wrong.");
    assertTold(
        explain(world, "stranger"), WRONG, "Cause: neither the directory nor the cluster knows it");
    assertTold(explain(world, "asked", "-o=json"), OK, "\"state\": \"well\"", "\"what\": \"pod\"");

    aKeyOfAnother(world);
    anotherContext(world);
    aQuotaThatIsUsedUp(world);
    aPodThatIsRefused(world);
    aBindingThatIsGone(world);
    world.ldap().lockTool("asked");
    assertTold(
        explain(world, "asked"),
        WRONG,
        "Cause: it is disabled in the directory",
        "Remedy: enable it there");
  }

  private static void aKeyOfAnother(World world) throws IOException {
    Path key = world.toolHome("asked").resolve(".toolskube/client.key");
    byte[] before = Files.readAllBytes(key);
    overwrite(key, Files.readAllBytes(world.toolHome("other").resolve(".toolskube/client.key")));
    assertTold(
        explain(world, "asked"),
        WRONG,
        "  files       well",
        "Cause: the private key is the key to another certificate");
    overwrite(key, before);
  }

  private static void anotherContext(World world) throws IOException {
    Path kubeconfig = world.toolHome("asked").resolve(".kube/config");
    String before = Files.readString(kubeconfig);
    Files.writeString(kubeconfig, before.replace(world.plane().server(), "https://elsewhere:6443"));
    assertTold(
        explain(world, "asked"),
        WRONG,
        "Cause: its current context toolforge leads to https://elsewhere");
    Files.writeString(kubeconfig, before);
  }

  private static void aQuotaThatIsUsedUp(World world) {
    Kubectl kubectl = world.plane().kubectl();
    kubectl.apply(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: narrow, namespace: tool-asked}
        spec: {hard: {count/configmaps: 1}}
        """);
    Waiting.until(
        "the quota's use",
        SOON,
        () ->
            kubectl
                .get(
                    "get",
                    "resourcequota",
                    "narrow",
                    "-n",
                    "tool-asked",
                    "-o",
                    "jsonpath={.status.used}")
                .matches(".*\"[1-9].*"));
    assertTold(
        explain(world, "asked"), WRONG, "Cause: its quota is used up: count/configmaps ", " of 1");
    kubectl.get("delete", "resourcequota", "narrow", "-n", "tool-asked");
  }

  /**
   * By a limit for pods: limits for containers set defaults too, and which of two does so is
   * chance.
   */
  private static void aPodThatIsRefused(World world) {
    Kubectl kubectl = world.plane().kubectl();
    kubectl.apply(
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: tiny, namespace: tool-asked}
        spec: {limits: [{type: Pod, max: {memory: 1Ki}}]}
        """);
    assertTold(
        explain(world, "asked"),
        WRONG,
        "Cause: a plain pod is refused: could not create a pod of tool asked",
        "maximum memory usage per Pod is 1Ki");
    kubectl.get("delete", "limitrange", "tiny", "-n", "tool-asked");
    assertThat(kubectl.get("get", "pods", "-n", "tool-asked", "-o", "name")).isBlank();
  }

  private static void aBindingThatIsGone(World world) {
    world.plane().kubectl().get("delete", "rolebinding", "asked-tool-binding", "-n", "tool-asked");
    assertTold(
        explain(world, "asked"),
        WRONG,
        "Cause: no binding gives rights to its group",
        "Remedy: see that the controller runs");
  }

  private static ProgramRun explain(World world, String name, String... more) {
    var arguments = new ArrayList<>(List.of("explain", name));
    arguments.addAll(List.of(more));
    return world.run(arguments.toArray(String[]::new));
  }

  private static void assertTold(ProgramRun run, int status, String... texts) {
    assertThat(run.output()).contains(texts);
    assertThat(run.status()).as(run.output()).isEqualTo(status);
  }

  /** In place, so that it stays its owner's. */
  private static void overwrite(Path file, byte[] content) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
  }
}
