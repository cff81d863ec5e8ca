package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an operator makes for the service prometheus, the example of the documentation. */
final class DeclaredService {
  private DeclaredService() {}

  /** Its namespace, its role, and the rights of the component that is written for it. */
  static void prepare(World world) {
    Kubectl admin = world.plane().kubectl();
    admin.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: metrics}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: prometheus}
        rules:
        - apiGroups: [""]
          resources: [nodes, pods]
          verbs: [list]
        """);
    try {
      admin.apply(Files.readString(Path.of("manifests/components/services/rbac.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the component", e);
    }
  }

  static void remove(World world) {
    Kubectl admin = world.plane().kubectl();
    Object _ =
        admin.run(
            "delete",
            "--ignore-not-found",
            "secret/prometheus-api",
            "-n",
            "metrics",
            "--wait=false");
    Object _ =
        admin.run(
            "delete",
            "--ignore-not-found",
            "clusterrolebinding/maintain-kubeusers:service:prometheus:prometheus",
            "clusterrolebinding/maintain-kubeusers-services");
  }
}
