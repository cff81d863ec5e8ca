package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.FreePorts;
import io.github.maintainkubeusers.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A node for a control plane: containerd, kubelet and kube-scheduler, and a bridge on which pods
 * have addresses of their own. All that they keep is in one folder; {@code dev/e2e} removes it,
 * with what they leave in the system.
 */
final class Node {
  /** The node's own address on the bridge, at which pods reach it. */
  static final String ADDRESS = "10.231.77.1";

  static final String BRIDGE = "mk-e2e";
  private static final String NAME = "node";
  private static final Duration START = Duration.ofSeconds(60);

  private final ControlPlane plane;
  private final Path folder;

  private Node(ControlPlane plane, Path folder) {
    this.plane = plane;
    this.folder = folder;
  }

  static Node start(ControlPlane plane, Path folder) {
    var node = new Node(plane, folder);
    node.writeFiles();
    node.command("ip", "link", "add", BRIDGE, "type", "bridge");
    node.command("ip", "addr", "add", ADDRESS + "/24", "dev", BRIDGE);
    node.command("ip", "link", "set", BRIDGE, "up");
    node.startContainerd();
    // By its command line, which names our folder, it is found when all is taken away.
    node.server(
        "kube-scheduler",
        "--kubeconfig=" + plane.adminKubeconfig(),
        "--leader-elect=false",
        "--bind-address=127.0.0.1",
        "--secure-port=" + FreePorts.next(),
        "--port=0",
        "--cert-dir=" + folder);
    return node;
  }

  /** Makes an image of an OCI archive known to the node. */
  void load(Path archive) {
    containers("images", "import", archive.toString());
  }

  /** Gives an image another name. */
  void tag(String image, String other) {
    containers("images", "tag", image, other);
  }

  /** Once the image of the pods' sandboxes is loaded. */
  void join() {
    server(
            "kubelet",
            "--config=" + folder.resolve("kubelet.yaml"),
            "--kubeconfig=" + plane.adminKubeconfig(),
            "--root-dir=" + folder.resolve("kubelet"),
            "--hostname-override=" + NAME,
            "--container-runtime=remote",
            "--container-runtime-endpoint=unix://" + socket())
        .await(this::isReady, START);
  }

  private void startContainerd() {
    ServerProcess.start(
            folder,
            "containerd",
            List.of(
                "env",
                "PATH=" + plane.binary("containerd").getParent() + ":" + System.getenv("PATH"),
                plane.binary("containerd").toString(),
                "--config=" + folder.resolve("containerd.toml")))
        .await(() -> Files.exists(socket()), START);
  }

  private boolean isReady() {
    return plane
        .kubectl()
        .run(
            "get", "node", NAME, "-o", "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}")
        .output()
        .equals("True");
  }

  private Path socket() {
    return folder.resolve("containerd.sock");
  }

  private ServerProcess server(String name, String... arguments) {
    var command = new ArrayList<>(List.of(plane.binary(name).toString()));
    command.addAll(List.of(arguments));
    return ServerProcess.start(folder, name, command);
  }

  private void containers(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                plane.binary("ctr").toString(),
                "--address",
                socket().toString(),
                "--namespace",
                "k8s.io"));
    command.addAll(List.of(arguments));
    command(command.toArray(String[]::new));
  }

  private void command(String... command) {
    ServerProcess.start(folder, Path.of(command[0]).getFileName().toString(), List.of(command))
        .awaitEnd(Duration.ofMinutes(2));
  }

  private void writeFiles() {
    write(
        "containerd.toml",
        """
        version = 2
        root = "%1$s/containerd"
        state = "%1$s/run"
        [grpc]
          address = "%1$s/containerd.sock"
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "localhost/pause:latest"
          restrict_oom_score_adj = true
          [plugins."io.containerd.grpc.v1.cri".containerd]
            snapshotter = "native"
          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "/usr/lib/cni"
            conf_dir = "%1$s/cni"
        """
            .formatted(folder));
    write(
        "cni/10-bridge.conflist",
        """
        {"cniVersion": "0.4.0", "name": "%1$s", "plugins": [
          {"type": "bridge", "bridge": "%1$s", "isGateway": true, "ipMasq": false, "ipam":
            {"type": "host-local", "subnet": "%2$s0/24", "gateway": "%3$s", "dataDir": "%4$s/ipam",
             "routes": [{"dst": "0.0.0.0/0"}]}}]}
        """
            .formatted(BRIDGE, ADDRESS.substring(0, ADDRESS.length() - 1), ADDRESS, folder));
    write(
        "kubelet.yaml",
        """
        apiVersion: kubelet.config.k8s.io/v1beta1
        kind: KubeletConfiguration
        address: 127.0.0.1
        port: %d
        healthzPort: 0
        authentication:
          anonymous: {enabled: false}
          webhook: {enabled: false}
          x509: {clientCAFile: %s}
        authorization: {mode: AlwaysAllow}
        cgroupDriver: cgroupfs
        enforceNodeAllocatable: []
        evictionHard: {memory.available: 0%%, nodefs.available: 0%%, nodefs.inodesFree: 0%%, imagefs.available: 0%%}
        failSwapOn: false
        makeIPTablesUtilChains: false
        resolvConf: ""
        volumePluginDir: %s/volume-plugins
        """
            .formatted(FreePorts.next(), plane.ca().certificate(), folder));
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
