package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A link to the node's files in a tool's home, and what pods of the tool see of it. The component
 * pod-policy allows folders of the node as they are, and nothing below them, because of this.
 */
final class MountedLink {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Path TARGET = Path.of("/etc");

  private final Kubectl kubectl;
  private final String namespace;
  private final Path home;

  /**
   * @param home of the tool, below the folder of all homes
   */
  MountedLink(Kubectl kubectl, String namespace, Path home) {
    this.kubectl = kubectl;
    this.namespace = namespace;
    this.home = home;
    try {
      Path _ = Files.createSymbolicLink(home.resolve("link"), TARGET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a pod that mounts the link's path, as below an allowed folder, sees where it leads. */
  boolean leadsOutWhenItsPathIsMounted() {
    start("mounting-path", home.resolve("link"), "");
    Waiting.until("the pod that mounts the path runs", SOON, () -> isRunning("mounting-path"));
    boolean leadsOut = mounted().equals(Optional.of(TARGET));
    delete("mounting-path");
    return leadsOut;
  }

  /** What the kubelet says to a pod that mounts the folder of all homes, and the link in it. */
  String refusalOfItAsAPart() {
    start("mounting-part", home.getParent(), ", subPath: " + home.getFileName() + "/link");
    Waiting.until("the kubelet refuses the part", SOON, () -> !refusal("mounting-part").isBlank());
    String refusal = refusal("mounting-part");
    delete("mounting-part");
    return refusal;
  }

  /** Whether a pod that mounts the folder of all homes, and its own home in it, runs. */
  boolean isNoObstacleToTheHomeAsAPart() {
    start("mounting-home", home.getParent(), ", subPath: " + home.getFileName());
    Waiting.until("the pod that mounts its home runs", SOON, () -> isRunning("mounting-home"));
    boolean isHome = mounted().filter(home::endsWith).isPresent();
    delete("mounting-home");
    return isHome;
  }

  private void start(String pod, Path folder, String part) {
    kubectl.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: %s}
        spec:
          automountServiceAccountToken: false
          terminationGracePeriodSeconds: 1
          volumes: [{name: node, hostPath: {path: %s, type: Directory}}]
          containers:
          - {name: sleep, image: localhost/pause:latest, imagePullPolicy: Never,
             volumeMounts: [{name: node, mountPath: /mnt%s}]}
        """
            .formatted(pod, namespace, folder, part));
  }

  private boolean isRunning(String pod) {
    return kubectl
        .run("get", "pod", pod, "-n", namespace, "-o", "jsonpath={.status.phase}")
        .output()
        .equals("Running");
  }

  private String refusal(String pod) {
    return kubectl
        .run(
            "get",
            "pod",
            pod,
            "-n",
            namespace,
            "-o",
            "jsonpath={.status.containerStatuses[0].state.waiting.message}")
        .output();
  }

  private void delete(String pod) {
    kubectl.get("delete", "pod", pod, "-n", namespace);
  }

  /** What of a filesystem stands at {@code /mnt} in a container: the fourth field (proc(5)). */
  private static Optional<Path> mounted() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().filter("/pause"::equals).isPresent())
        .flatMap(process -> mounts(process.pid()).stream())
        .map(line -> List.of(line.split(" ", -1)))
        .filter(fields -> fields.get(4).equals("/mnt"))
        .map(fields -> Path.of(fields.get(3)))
        .findFirst();
  }

  private static List<String> mounts(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "mountinfo"));
    } catch (IOException _) {
      return List.of(); // it has ended meanwhile
    }
  }
}
