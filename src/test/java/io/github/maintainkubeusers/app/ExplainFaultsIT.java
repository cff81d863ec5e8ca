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
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults of tools, each of a tool of its own, and the first cause that {@code explain} names. */
@RootOnly
@ExtendWith(WorldExtension.class)
class ExplainFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> PROVISIONED =
      List.of(
          "other",
          "locked",
          "gone",
          "heir",
          "theirs",
          "scribbled",
          "revoked",
          "unbound",
          "emptied",
          "ending",
          "nocert",
          "nokey",
          "noconfig",
          "garbled",
          "linked",
          "piped",
          "elsewhere",
          "identity",
          "insecure",
          "cabundle",
          "swapped",
          "outdated",
          "quota",
          "refused",
          "back");

  private final Map<String, String> causes = new TreeMap<>();
  private World world;
  private Kubectl kubectl;

  @BeforeEach
  void enter(World given) {
    world = given;
    kubectl = given.plane().kubectl();
  }

  @Test
  void theFirstCauseIsNamed() throws IOException {
    provision();
    inTheDirectory();
    inTheCluster();
    inHomes();
    var took = new ArrayList<Duration>();
    var softly = new SoftAssertions();

    causes.forEach(
        (tool, cause) -> {
          long start = System.nanoTime();
          softly
              .assertThat(world.run("explain", tool).output())
              .as(tool)
              .contains("Cause: " + cause);
          took.add(Duration.ofNanos(System.nanoTime() - start));
        });

    softly.assertAll();
    tell(took);
    assertThat(causes).hasSizeGreaterThanOrEqualTo(25);
    ofAll();
  }

  private void provision() throws IOException {
    for (int i = 0; i < PROVISIONED.size(); i++) {
      world.addTool(PROVISIONED.get(i), 50_001 + i);
    }
    world.addAdmins(60_001, "lena", "lars");
    once();
    Path pair = world.toolHome("outdated").resolve(".toolskube");
    Path kept = Files.createDirectory(world.folder().resolve("kept"));
    for (String file : List.of("client.crt", "client.key")) {
      Files.copy(pair.resolve(file), kept.resolve(file));
    }
    kubectl.get("delete", "configmap", "maintain-kubeusers", "-n", "tool-outdated");
    world.ldap().lockTool("back");
    once();
    world.ldap().unlockTool("back");
    for (String file : List.of("client.crt", "client.key")) {
      overwrite(pair.resolve(file), kept.resolve(file));
    }
    causes.put("outdated", "newer credentials took its place");
    causes.put("back", "it is in quarantine since ");
  }

  private void inTheDirectory() {
    causes.put("stranger", "neither the directory nor the cluster knows it");
    world.ldap().lockTool("locked");
    causes.put("locked", "it is disabled in the directory");
    world.ldap().removeTool("gone");
    causes.put("gone", "it is no longer in the directory");
    world.ldap().removeTool("heir");
    world.addTool("heir", 50_099);
    causes.put("heir", "it is held (name-reused): the directory gives it user id 50099");
    world.addTool("kube-proxy", 50_101);
    causes.put("kube-proxy", "it is held (reserved-name)");
    world.addTool("lowly", 10);
    causes.put("lowly", "it is held (uid-below-floor)");
    world.addTool("twin", 50_102);
    world.addTool("twain", 50_102);
    causes.put("twin", "it is held (shared-uid)");
    world.ldap().addTool("outside", 50_103, "/srv/outside");
    causes.put("outside", "it is held (home-outside-roots)");
    world.ldap().addTool("relative", 50_104, "data/relative");
    causes.put("relative", "it is held (invalid-home)");
    world.addTool("host", 50_105);
    world.ldap().addTool("guest", 50_106, world.toolHome("host").toString());
    causes.put("guest", "it is held (shared-home)");
    world.addTool("lena", 50_107);
    causes.put("lena", "it is held (name-of-tool-and-admin)");
    world.addTool("fresh", 50_108);
    causes.put("fresh", "no credentials of it are recorded; to do: new");
  }

  private void inTheCluster() {
    world.addTool("deploy", 50_201);
    kubectl.get("create", "clusterrolebinding", "deploy", "--clusterrole=view", "--user=deploy");
    causes.put("deploy", "it is held (name-has-other-rights): ClusterRoleBinding deploy");
    world.addTool("foreign", 50_202);
    kubectl.get("create", "namespace", "tool-foreign");
    causes.put("foreign", "it is held (foreign-namespace)");
    annotate("scribbled", "state=wonderful");
    causes.put("scribbled", "it is held (unreadable-record): ");
    annotate("theirs", "project=another");
    causes.put("theirs", "it is held (other-project)");
    annotate(
        "revoked",
        "revoked=" + annotation("revoked", "credential"),
        "maintain-kubeusers/revoked-at="
            + InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS));
    causes.put("revoked", "its credentials were revoked, and new ones are not issued yet");
    kubectl.get("delete", "rolebinding", "unbound-tool-binding", "-n", "tool-unbound");
    causes.put("unbound", "no binding gives rights to its group");
    kubectl.get(
        "patch",
        "rolebinding",
        "emptied-tool-binding",
        "-n",
        "tool-emptied",
        "-p",
        "{\"subjects\": []}",
        "--type=merge");
    causes.put("emptied", "no binding gives rights to its group");
    kubectl.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: lasting, namespace: tool-ending, finalizers: [example.org/never]}
        """);
    kubectl.get("delete", "namespace", "tool-ending", "--wait=false");
    causes.put("ending", "it waits: its namespace is being deleted");
    kubectl.apply(
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: narrow, namespace: tool-quota}
        spec: {hard: {count/configmaps: 1}}
        ---
        apiVersion: v1
        kind: LimitRange
        metadata: {name: tiny, namespace: tool-refused}
        spec: {limits: [{type: Pod, max: {memory: 1Ki}}]}
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
                    "tool-quota",
                    "-o=jsonpath={.status.used}")
                .matches(".*\"[1-9].*"));
    causes.put("quota", "its quota is used up: count/configmaps ");
    Waiting.until(
        "the service account",
        SOON,
        () -> kubectl.run("get", "serviceaccount", "default", "-n", "tool-refused").succeeded());
    causes.put("refused", "a plain pod is refused: ");
  }

  private void inHomes() throws IOException {
    Files.delete(home("nocert", ".toolskube/client.crt"));
    causes.put("nocert", "there is no .toolskube/client.crt");
    Files.delete(home("nokey", ".toolskube/client.key"));
    causes.put("nokey", "there is no .toolskube/client.key");
    Files.delete(kubeconfig("noconfig"));
    causes.put("noconfig", "there is no .kube/config");
    Files.writeString(kubeconfig("garbled"), "users: [");
    causes.put("garbled", ".kube/config does not work: ");
    Files.move(kubeconfig("linked"), home("linked", "dotfile"));
    Files.createSymbolicLink(kubeconfig("linked"), home("linked", "dotfile"));
    causes.put("linked", "could not read ");
    Files.delete(kubeconfig("piped"));
    assertThat(world.shell("mkfifo " + kubeconfig("piped")).succeeded()).isTrue();
    causes.put("piped", "could not read ");
    replace("elsewhere", world.plane().server(), "https://elsewhere:6443");
    causes.put("elsewhere", "its current context toolforge leads to https://elsewhere");
    replace("identity", "../.toolskube/client.crt", "/etc/other.crt");
    causes.put("identity", "its current context toolforge uses another certificate or key");
    replace("insecure", "certificate-authority-data:", "insecure-skip-tls-verify: true #");
    causes.put("insecure", "insecure-skip-tls-verify: any server that answers");
    replace("cabundle", "certificate-authority-data:", "certificate-authority: /etc/ca.crt #");
    causes.put("cabundle", "its cluster has no certificate-authority-data");
    overwrite(home("swapped", ".toolskube/client.key"), home("other", ".toolskube/client.key"));
    causes.put("swapped", "the private key is the key to another certificate");
  }

  /** What is wrong for every tool at once. */
  private void ofAll() {
    kubectl.get("delete", "clusterrole", "tools-user");
    try {
      assertThat(world.run("explain", "other").output())
          .contains("Cause: its binding is there, but gives it no rights");
    } finally {
      kubectl.get("apply", "-f", "manifests/base/roles.yaml");
    }
    kubectl.get(
        "patch",
        "configmap",
        "lasting",
        "-n",
        "tool-ending",
        "--type=merge",
        "-p",
        "{\"metadata\": {\"finalizers\": null}}");
    kubectl.get("delete", "clusterrolebinding", "deploy");
  }

  /** Beside a start of the program that does nothing. */
  private void tell(List<Duration> took) {
    var starts = new ArrayList<Duration>();
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      assertThat(world.run("--version").status()).isZero();
      starts.add(Duration.ofNanos(System.nanoTime() - start));
    }
    Collections.sort(took);
    Collections.sort(starts);
    System.out.printf(
        "explain, %d faults: %d ms at the median, %d ms at most; the program's start alone %d ms%n",
        took.size(),
        took.get(took.size() / 2).toMillis(),
        took.getLast().toMillis(),
        starts.get(2).toMillis());
  }

  private void once() {
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isZero();
  }

  private void annotate(String tool, String... annotations) {
    var arguments =
        new ArrayList<>(List.of("annotate", "--overwrite", "namespace", "tool-" + tool));
    arguments.add("maintain-kubeusers/" + annotations[0]);
    arguments.addAll(List.of(annotations).subList(1, annotations.length));
    kubectl.get(arguments.toArray(String[]::new));
  }

  private String annotation(String tool, String name) {
    return kubectl.get(
        "get",
        "namespace",
        "tool-" + tool,
        "-o=jsonpath={.metadata.annotations.maintain-kubeusers/" + name + "}");
  }

  /** In place, so that it stays its owner's. */
  private static void overwrite(Path file, Path other) throws IOException {
    Files.write(file, Files.readAllBytes(other));
  }

  private Path home(String tool, String file) {
    return world.toolHome(tool).resolve(file);
  }

  private Path kubeconfig(String tool) {
    return home(tool, ".kube/config");
  }

  private void replace(String tool, String before, String after) throws IOException {
    Path file = kubeconfig(tool);
    String content = Files.readString(file);
    assertThat(content).contains(before);
    Files.writeString(file, content.replace(before, after));
  }
}
