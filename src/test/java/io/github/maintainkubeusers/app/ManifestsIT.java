package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.Manifests;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WorldExtension.class)
class ManifestsIT {
  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/tools", "overlays/toolsbeta"})
  void areWhatARealApiServerTakes(String folder, World world) {
    Kubectl kubectl = world.plane().kubectl();
    assertThat(kubectl.apply(Manifests.of(kubectl, "manifests/" + folder), "--dry-run=server"))
        .contains(
            "clusterrole.rbac.authorization.k8s.io/maintain-kubeusers unchanged (server dry run)",
            "deployment.apps/maintain-kubeusers",
            "poddisruptionbudget.policy/maintain-kubeusers",
            "networkpolicy.networking.k8s.io/maintain-kubeusers",
            "service/maintain-kubeusers",
            "configmap/maintain-kubeusers-config-");
  }

  @Test
  void nameTheProjectOfTheOverlay(World world) {
    for (String project : new String[] {"tools", "toolsbeta"}) {
      assertThat(Manifests.of(world.plane().kubectl(), "manifests/overlays/" + project))
          .contains("project: " + project + "\n")
          .containsPattern("image: maintain-kubeusers:[0-9.]+\n");
    }
  }

  @Test
  void giveNoPowerOverSecretsOrOtherRoles(World world) {
    for (String forbidden :
        new String[] {
          "get secrets",
          "create pods",
          "update clusterroles",
          "impersonate users",
          "bind clusterroles/cluster-admin",
          "escalate clusterroles",
          "delete resourcequotas/tool-x",
          "create configmaps/other",
          "get leases/other",
          "update leases/maintain-kubeusers"
        }) {
      String[] words = forbidden.split(" ", 2);
      assertThat(
              world
                  .plane()
                  .kubectl()
                  .run(
                      "auth",
                      "can-i",
                      words[0],
                      words[1],
                      "--as=system:serviceaccount:maintain-kubeusers:maintain-kubeusers",
                      "-n",
                      "default")
                  .output())
          .as(forbidden)
          .contains("no");
    }
  }
}
