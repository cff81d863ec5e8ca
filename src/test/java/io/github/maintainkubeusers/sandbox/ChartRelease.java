package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A release of the chart with values for this cluster, by helm. */
final class ChartRelease implements InstalledManifests {
  private static final String RELEASE = "maintain-kubeusers";

  private final Helm helm;
  private final Path values;

  ChartRelease(ControlPlane plane, Path folder, int apiPort) {
    this.helm = Helm.find(folder.resolve("helm")).on(plane);
    this.values = folder.resolve("values.yaml");
    try {
      Files.writeString(values, values(folder, apiPort));
    } catch (IOException e) {
      throw new UncheckedIOException("could not write values", e);
    }
  }

  @Override
  public void roll(String tag) {
    helm.get(
        "upgrade",
        "--install",
        RELEASE,
        Helm.CHART.toString(),
        "--values=" + values,
        "--set-string=image.tag=" + tag);
  }

  @Override
  public void rollBack() {
    helm.get("rollback", RELEASE);
  }

  @Override
  public void remove() {
    helm.get("uninstall", RELEASE);
  }

  private static String values(Path folder, int apiPort) {
    return """
    image: {repository: %1$s, pullPolicy: Never}
    config: {interval: 5s}
    homes: {tools: {path: %4$s/project}, admins: {path: %4$s/home}}
    env:
    - {name: KUBERNETES_SERVICE_HOST, value: kubernetes.default.svc}
    - {name: KUBERNETES_SERVICE_PORT, value: "%3$d"}
    podSpec:
      dnsPolicy: Default
      hostAliases: [{ip: %2$s, hostnames: [kubernetes.default.svc]}]
    """
        .formatted(Installation.IMAGE, Node.ADDRESS, apiPort, folder);
  }
}
