package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class ManifestsIT {
    @Test
    void areWhatARealApiServerTakes(World world) {
        assertThat(world.plane().kubectl().get("apply", "--dry-run=server", "-k", "manifests"))
                .contains("clusterrole.rbac.authorization.k8s.io/maintain-kubeusers");
        assertThat(world.plane().kubectl().get("apply", "--dry-run=server", "-f", "manifests/deployment.yaml"))
                .contains("deployment.apps/maintain-kubeusers created (server dry run)");
    }

    @Test
    void giveNoPowerOverSecretsOrOtherRoles(World world) {
        for (String forbidden : new String[]{"get secrets", "create pods", "update clusterroles",
                "impersonate users", "bind clusterroles/cluster-admin", "escalate clusterroles",
                "delete resourcequotas/tool-x", "create configmaps/other"}) {
            String[] words = forbidden.split(" ", 2);
            assertThat(world.plane().kubectl().run("auth", "can-i", words[0], words[1],
                    "--as=system:serviceaccount:maintain-kubeusers:maintain-kubeusers", "-n", "default").output())
                    .as(forbidden).contains("no");
        }
    }
}
