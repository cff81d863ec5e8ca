package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.LoopbackProxy;
import io.github.maintainkubeusers.testing.Procedure;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The controller as an operator installs it, by an overlay of the manifests or by the chart. */
final class Installation {
  static final String IMAGE = "localhost/maintain-kubeusers";
  private static final String NAMESPACE = "maintain-kubeusers";
  private static final Duration ROLLOUT = Duration.ofMinutes(2);

  private final Kubectl kubectl;
  private final Path folder;
  private final InstalledManifests manifests;
  private final TestLdapServer ldap;
  private LoopbackProxy directory;

  /** Lets pods reach, at the node's address, what listens on loopback alone. */
  Installation(ControlPlane plane, TestLdapServer ldap, Path folder, boolean helm) {
    this.kubectl = plane.kubectl();
    this.folder = folder;
    LoopbackProxy api =
        LoopbackProxy.passing(Node.ADDRESS, Integer.parseInt(plane.server().replaceAll(".*:", "")));
    this.manifests =
        helm
            ? new ChartRelease(plane, folder, api.port())
            : new Overlay(kubectl, folder, api.port());
    this.ldap = ldap;
    this.directory = LoopbackProxy.passing(Node.ADDRESS, ldap.port());
  }

  Path toolHome(String name) {
    return folder.resolve("project").resolve(name);
  }

  /** A Deployment of our name that is another's, and whose pods have other labels. */
  void installFormer() {
    kubectl.get("create", "namespace", NAMESPACE);
    kubectl.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: maintain-kubeusers, namespace: maintain-kubeusers}
        spec:
          selector: {matchLabels: {name: former}}
          template:
            metadata: {labels: {name: former}}
            spec:
              automountServiceAccountToken: false
              terminationGracePeriodSeconds: 1
              containers: [{name: former, image: localhost/pause:latest, imagePullPolicy: Never}]
        """);
    awaitRollout();
  }

  /** As docs/operations.md says. */
  void removeFormer() {
    Procedure.startingWith("kubectl scale deployment").run(kubectl);
    awaitNoPods();
  }

  /** Homes, the Secret with the connection to LDAP, then the manifests. */
  void install(String tag) {
    try {
      Files.createDirectories(folder.resolve("project"));
      Files.createDirectories(folder.resolve("home"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    createSecret();
    roll(tag);
  }

  /** Goes back to the version before, as docs/operations.md says, and waits likewise. */
  void rollBack() {
    manifests.rollBack();
    awaitRollout();
  }

  /** LDAP gets another address, which the Secret says and only new pods read. */
  void moveDirectory() {
    LoopbackProxy former = directory;
    directory = LoopbackProxy.passing(Node.ADDRESS, ldap.port());
    kubectl.get("delete", "secret", "ldap", "-n", NAMESPACE);
    createSecret();
    Procedure.startingWith("kubectl rollout restart").run(kubectl);
    awaitRollout();
    former.close();
  }

  /** Another tag of the image; returns when all replicas are of it. */
  void roll(String tag) {
    manifests.roll(tag);
    awaitRollout();
  }

  /** The name of the pod that leads. */
  String leader() {
    return kubectl
        .get(
            "get",
            "lease",
            "maintain-kubeusers",
            "-n",
            NAMESPACE,
            "-o",
            "jsonpath={.spec.holderIdentity}")
        .replaceFirst("_[^_]*$", "");
  }

  List<String> pods() {
    return kubectl
        .get("get", "pods", "-n", NAMESPACE, "-o", "jsonpath={.items[*].metadata.name}")
        .lines()
        .flatMap(line -> List.of(line.split(" ")).stream())
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Where each pod is reached. */
  List<String> addresses() {
    return List.of(
        kubectl
            .get("get", "pods", "-n", NAMESPACE, "-o", "jsonpath={.items[*].status.podIP}")
            .split(" "));
  }

  String images() {
    return kubectl.get(
        "get", "pods", "-n", NAMESPACE, "-o", "jsonpath={.items[*].spec.containers[*].image}");
  }

  void deletePod(String name) {
    kubectl.get("delete", "pod", name, "-n", NAMESPACE, "--wait=false");
  }

  /** Takes the controller away, so that nothing of it runs on the node any more. */
  void remove() {
    manifests.remove();
    awaitNoPods();
  }

  private void createSecret() {
    write(
        "ldap.yaml",
        "servers: [\"ldap://"
            + Node.ADDRESS
            + ":"
            + directory.port()
            + "\"]\nuser: "
            + ldap.bindDn()
            + "\npassword: "
            + ldap.password()
            + "\n");
    kubectl.get(
        "create",
        "secret",
        "generic",
        "ldap",
        "-n",
        NAMESPACE,
        "--from-file=" + folder.resolve("ldap.yaml"));
  }

  /** How often containers of our pods were restarted. */
  int restarts() {
    return kubectl
        .get(
            "get",
            "pods",
            "-n",
            NAMESPACE,
            "-l",
            "app.kubernetes.io/name=maintain-kubeusers",
            "-o",
            "jsonpath={.items[*].status.containerStatuses[*].restartCount}")
        .trim()
        .lines()
        .flatMap(line -> java.util.Arrays.stream(line.split(" ")))
        .filter(count -> !count.isBlank())
        .mapToInt(Integer::parseInt)
        .sum();
  }

  private void awaitNoPods() {
    Waiting.until("the pods are gone", ROLLOUT, () -> pods().isEmpty());
  }

  private void awaitRollout() {
    kubectl.get(
        "rollout",
        "status",
        "deployment/maintain-kubeusers",
        "-n",
        NAMESPACE,
        "--timeout=" + ROLLOUT.toSeconds() + "s");
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + name, e);
    }
  }
}
