package io.github.maintainkubeusers.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class ControlPlaneIT {
  @Test
  void publishesWhereItIs(ControlPlane plane) {
    assertThat(
            plane
                .kubectl()
                .get("get", "configmap", "cluster-info", "-n", "kube-public", "-o", "yaml"))
        .contains(plane.server());
  }
}
