package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An overlay of the base for this cluster, by kustomize. */
final class Overlay implements InstalledManifests {
  private final Kubectl kubectl;
  private final Path folder;
  private final int apiPort;

  Overlay(Kubectl kubectl, Path folder, int apiPort) {
    this.kubectl = kubectl;
    this.folder = folder;
    this.apiPort = apiPort;
  }

  @Override
  public void roll(String tag) {
    Path overlay = folder.resolve("overlay");
    Path base = overlay.relativize(Path.of("manifests/base").toAbsolutePath());
    try {
      Files.createDirectories(overlay);
      Files.writeString(overlay.resolve("kustomization.yaml"), kustomization(base, tag));
      Files.writeString(overlay.resolve("config.yaml"), "interval: 5s\n");
      Files.writeString(overlay.resolve("patch.yaml"), patch());
    } catch (IOException e) {
      throw new UncheckedIOException("could not write the overlay", e);
    }
    kubectl.apply(Manifests.of(kubectl, overlay.toString()));
  }

  @Override
  public void rollBack() {
    kubectl.get("rollout", "undo", "deployment/maintain-kubeusers", "-n", "maintain-kubeusers");
  }

  @Override
  public void remove() {
    kubectl.get(
        "delete",
        "deployment",
        "maintain-kubeusers",
        "-n",
        "maintain-kubeusers",
        "--cascade=foreground");
  }

  private static String kustomization(Path base, String tag) {
    return """
    bases: [%s]
    images:
    - {name: maintain-kubeusers, newName: %s, newTag: "%s"}
    configMapGenerator:
    - {name: maintain-kubeusers-config, namespace: maintain-kubeusers, behavior: merge, files: [config.yaml]}
    patchesStrategicMerge: [patch.yaml]
    """
        .formatted(base, Installation.IMAGE, tag);
  }

  private String patch() {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: maintain-kubeusers, namespace: maintain-kubeusers}
    spec:
      template:
        spec:
          dnsPolicy: Default
          hostAliases: [{ip: %1$s, hostnames: [kubernetes.default.svc]}]
          containers:
          - name: maintain-kubeusers
            imagePullPolicy: Never
            env:
            - {name: KUBERNETES_SERVICE_HOST, value: kubernetes.default.svc}
            - {name: KUBERNETES_SERVICE_PORT, value: "%2$d"}
          volumes:
          - {name: tools, hostPath: {path: %3$s/project, type: Directory}}
          - {name: admins, hostPath: {path: %3$s/home, type: Directory}}
    """
        .formatted(Node.ADDRESS, apiPort, folder);
  }
}
