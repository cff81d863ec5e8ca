package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The program as it is deployed: two pods of its image on a real node. Ends with the first thing
 * that is not so.
 */
final class InCluster {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration ROLLOUT = Duration.ofMinutes(2);
  private static final int METRICS = 9000;
  private static final int PROBES = 9001;
  private static final int FIRST_UID = 50_001;

  private final Narration narration;
  private final ControlPlane plane;
  private final TestLdapServer ldap;
  private final Path folder;
  private final Installation installation;
  private int tools;

  private InCluster(
      Narration narration, ControlPlane plane, TestLdapServer ldap, Path folder, boolean helm) {
    this.narration = narration;
    this.plane = plane;
    this.ldap = ldap;
    this.folder = folder;
    this.installation = new Installation(plane, ldap, folder, helm);
  }

  /**
   * @param arguments the folder of the node, in which {@code pause.oci} and {@code image.oci} are
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    boolean helm = List.of(arguments).contains("--helm");
    var narration = new Narration(System.out);
    narration.chapter("Starting a control plane, LDAP and a node");
    try (ControlPlane plane =
            ControlPlane.start(List.of("deployment", "replicaset", "endpoint", "nodelifecycle"));
        TestLdapServer ldap = TestLdapServer.start(plane.folder().resolve("ldap"))) {
      Node node = Node.start(plane, folder);
      node.load(folder.resolve("pause.oci"));
      node.load(folder.resolve("image.oci"));
      node.tag(Installation.IMAGE + ":1", Installation.IMAGE + ":2");
      node.join();
      new InCluster(narration, plane, ldap, folder, helm).run();
    }
    narration.chapter("All is well");
    System.exit(0);
  }

  private void run() {
    takeOver();
    install();
    probe();
    flood();
    refresh();
    mountALink();
    loseTheLeader();
    replacePods("The Deployment is rolled to another tag", "2", () -> installation.roll("2"));
    replacePods("The Deployment is rolled back", "1", installation::rollBack);
    replacePods(
        "LDAP moves, and the pods are restarted to read the Secret anew",
        "1",
        installation::moveDirectory);
    narration.chapter("Taking the controller away");
    installation.remove();
    serials().keySet().forEach(this::assertWorks);
    narration.say("the tools' credentials work on");
  }

  private void takeOver() {
    narration.chapter("A Deployment of our name that is another's is taken away");
    installation.installFormer();
    installation.removeFormer();
    narration.say("its pod is gone");
  }

  private void install() {
    narration.chapter("Applying the manifests: two replicas, three tools in LDAP");
    for (int i = 0; i < 3; i++) {
      addTool();
    }
    narration.say(
        "both are ready after %.1f s"
            .formatted(Narration.seconds(narration.timed(() -> installation.install("1")))));
    for (int i = 0; i < 3; i++) {
      awaitTool("tool-" + i);
    }
    narration.say("the tools have their homes; " + installation.leader() + " leads");
    check(ContainedProcess.all().size() == 2, "two processes of the program run in containers");
    ContainedProcess.all()
        .forEach(
            process ->
                check(
                    process.hasNoMorePowerThanNamed(),
                    "a pod has SETUID, SETGID and CHOWN alone, a seccomp profile and a read-only"
                        + " root: "
                        + process));
    narration.say(
        "their processes have three capabilities, a seccomp profile and a root that is read-only");
  }

  private void probe() {
    narration.chapter("Probes are asked, and metrics are scraped");
    for (String address : installation.addresses()) {
      check(Page.get(address, PROBES, "/livez").isGood(), "/livez of " + address + " is good");
      check(Page.get(address, PROBES, "/readyz").isGood(), "/readyz of " + address + " is good");
    }
    Waiting.until(
        "one of them leads and knows of three tools, and the other stands by",
        SOON,
        () -> {
          var metrics =
              installation.addresses().stream()
                  .map(address -> Page.get(address, METRICS, "/metrics"))
                  .toList();
          return metrics.stream().filter(page -> page.has("maintain_kubeusers_leader 1.0")).count()
                  == 1
              && metrics.stream().filter(page -> page.has("maintain_kubeusers_leader 0.0")).count()
                  == 1
              && metrics.stream()
                  .anyMatch(
                      page ->
                          page.has(
                              "maintain_kubeusers_accounts_created_total{account_type=\"tool\"}"
                                  + " 3.0"));
        });
    narration.say("both are alive and ready; the leader has counted three new tools");
  }

  private void flood() {
    narration.chapter("A client opens thousands of connections to both ports");
    for (String address : installation.addresses()) {
      try (var _ = Flood.of(address, METRICS);
          var _ = Flood.of(address, PROBES)) {
        for (int i = 0; i < 20; i++) {
          Duration took =
              narration.timed(
                  () ->
                      check(
                          Page.get(address, PROBES, "/livez").isGood(),
                          "/livez of " + address + " is good"));
          check(
              took.compareTo(Duration.ofSeconds(1)) < 0,
              "the probe is answered within a second: " + took);
        }
      }
    }
    check(installation.restarts() == 0, "no container was restarted");
    narration.say("every probe was answered within a second, and nothing was restarted");
  }

  private void refresh() {
    narration.chapter("A tool deletes its ConfigMap and has new credentials");
    String serial = serials().get("tool-1");
    tool("tool-1").get("delete", "configmap", "maintain-kubeusers");
    Waiting.until("new credentials", SOON, () -> !serials().get("tool-1").equals(serial));
    awaitTool("tool-1");
    narration.say("serial " + serial + " is now " + serials().get("tool-1"));
  }

  private void mountALink() {
    narration.chapter("A tool links its home to the node's files, and mounts the link");
    var link = new MountedLink(plane.kubectl(), "tool-tool-1", installation.toolHome("tool-1"));
    check(
        link.leadsOutWhenItsPathIsMounted(),
        "the kubelet follows a link whose path is mounted, which the pod policy therefore refuses");
    String refusal = link.refusalOfItAsAPart();
    check(refusal.contains("subPath"), "the kubelet refuses the link as a subPath: " + refusal);
    check(link.isNoObstacleToTheHomeAsAPart(), "a tool can mount its home as a subPath");
    narration.say("mounted by its path it leads to the node's /etc; as a subPath it is refused");
  }

  private void loseTheLeader() {
    narration.chapter("The leader's pod is deleted, and the other goes on");
    Map<String, String> before = serials();
    String leader = installation.leader();
    installation.deletePod(leader);
    String added = addTool();
    Duration took = narration.timed(() -> awaitTool(added));
    check(!installation.leader().equals(leader), "another pod leads");
    narration.say(
        "%s leads; a tool that was added meanwhile works after %.1f s"
            .formatted(installation.leader(), Narration.seconds(took)));
    Waiting.until("two pods again", SOON, () -> installation.pods().size() == 2);
    assertUntouched(before);
  }

  private void replacePods(String chapter, String tag, Runnable replace) {
    narration.chapter(chapter);
    Map<String, String> before = serials();
    List<String> pods = installation.pods();
    narration.say(
        "ready again after %.1f s".formatted(Narration.seconds(narration.timed(replace))));
    Waiting.until(
        "no pod is one of before", ROLLOUT, () -> Collections.disjoint(installation.pods(), pods));
    check(installation.images().matches("(\\S+:" + tag + "\\s*)+"), "all pods are of tag " + tag);
    String added = addTool();
    awaitTool(added);
    assertUntouched(before);
    narration.say("no account was lost or got other credentials; one that was added works");
  }

  private String addTool() {
    String name = "tool-" + tools;
    ldap.addTool(name, FIRST_UID + tools, "/data/project/" + name);
    tools++;
    return name;
  }

  private void awaitTool(String name) {
    Waiting.until(
        name + " has its record",
        SOON,
        () ->
            plane
                .kubectl()
                .run("get", "configmap", "maintain-kubeusers", "-n", "tool-" + name)
                .succeeded());
    assertWorks(name);
  }

  private void assertWorks(String name) {
    check(tool(name).run("get", "pods").succeeded(), name + " can use its kubeconfig");
    try {
      int uid = FIRST_UID + Integer.parseInt(name.replaceAll("\\D", ""));
      check(
          Files.getAttribute(installation.toolHome(name), "unix:uid").equals(uid),
          name + " owns its home");
    } catch (IOException e) {
      throw new AssertionError(name + " has no home", e);
    }
  }

  private Kubectl tool(String name) {
    return plane.kubectl().with(installation.toolHome(name).resolve(".kube/config"));
  }

  private Map<String, String> serials() {
    var serials = new TreeMap<String, String>();
    for (int i = 0; i < tools; i++) {
      Path certificate = installation.toolHome("tool-" + i).resolve(".toolskube/client.crt");
      if (Files.exists(certificate)) {
        serials.put("tool-" + i, Certificates.serial(certificate));
      }
    }
    return serials;
  }

  private void assertUntouched(Map<String, String> before) {
    Map<String, String> now = serials();
    before.forEach(
        (name, serial) -> {
          check(serial.equals(now.get(name)), name + " has the credentials that it had");
          assertWorks(name);
        });
  }

  private void check(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("it is not so that " + what + "; the node's files are in " + folder);
    }
  }
}
