package io.github.maintainkubeusers.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.Helm;
import io.github.maintainkubeusers.testing.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a release, on a real API server. */
class ChartIT {
  private static final String RELEASE = "maintain-kubeusers";
  private static final String OBJECTS =
      "deployment,service,networkpolicy,poddisruptionbudget,serviceaccount,role,rolebinding";

  @TempDir Path folder;

  @Test
  void isInstalledUpgradedRolledBackAndUninstalled() throws IOException {
    Helm found = Helm.find(folder);
    try (ControlPlane plane = ControlPlane.start()) {
      Helm helm = found.on(plane);
      Kubectl kubectl = plane.kubectl();
      Path ldap = Files.writeString(folder.resolve("ldap.yaml"), "servers: [ldap.example.org]\n");
      kubectl.get("apply", "-f", "manifests/base/namespace.yaml");
      kubectl.get("create", "secret", "generic", "ldap", "-n", RELEASE, "--from-file=" + ldap);

      helm.get("install", RELEASE, Helm.CHART.toString());
      assertThat(config(kubectl)).contains("project: tools");
      String[] granted = kubectl.get("get", OBJECTS, "-n", RELEASE, "-o", "name").split("\n");
      assertThat(granted).hasSizeGreaterThan(6);
      assertThat(mayBindTools(kubectl)).isTrue();

      helm.get(
          "upgrade", RELEASE, Helm.CHART.toString(), "--set-string=project=toolsbeta,image.tag=2");
      assertThat(config(kubectl)).contains("project: toolsbeta");
      assertThat(image(kubectl)).isEqualTo("maintain-kubeusers:2");

      helm.get("rollback", RELEASE, "1");
      assertThat(config(kubectl)).doesNotContain("toolsbeta");
      assertThat(image(kubectl)).isNotEqualTo("maintain-kubeusers:2");

      kubectl.get("create", "configmap", "maintain-kubeusers-tombstones", "-n", RELEASE);
      helm.get("uninstall", RELEASE);
      assertThat(kubectl.get("get", OBJECTS, "-n", RELEASE, "-o", "name"))
          .doesNotContain("maintain-kubeusers");
      assertThat(mayBindTools(kubectl)).isFalse();
      // What tools and admins have, and what the controller has noted, is not the release's to
      // take.
      assertThat(kubectl.get("get", "clusterrole", "tools-user", "k8s-admin", "-o", "name").lines())
          .hasSize(2);
      assertThat(kubectl.get("get", "configmap,secret", "-n", RELEASE, "-o", "name"))
          .contains("configmap/maintain-kubeusers-tombstones", "secret/ldap");

      helm.get("install", RELEASE, Helm.CHART.toString());
      assertThat(mayBindTools(kubectl)).isTrue();
    }
  }

  private static boolean mayBindTools(Kubectl kubectl) {
    return kubectl
        .run(
            "auth",
            "can-i",
            "bind",
            "clusterroles/tools-user",
            "--as=system:serviceaccount:maintain-kubeusers:maintain-kubeusers")
        .succeeded();
  }

  private static String config(Kubectl kubectl) {
    return kubectl.get(
        "get", "configmap", "maintain-kubeusers-config", "-n", RELEASE, "-o", "jsonpath={.data}");
  }

  private static String image(Kubectl kubectl) {
    return kubectl.get(
        "get",
        "deployment",
        "maintain-kubeusers",
        "-n",
        RELEASE,
        "-o",
        "jsonpath={.spec.template.spec.containers[0].image}");
  }
}
