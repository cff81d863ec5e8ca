package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;

import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class ProvisionIT {
    @Test
    void aToolGetsItsPlace(World world) {
        world.addTool("first", 50_001);
        world.addAdmins(60_001, "alice");
        ProgramRun run = world.run("--once");
        System.err.println(run.output());
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(world.toolHome("first").resolve(".kube/config")).exists();
        assertThat(world.kubectl(world.toolHome("first")).get("get", "configmaps")).contains("maintain-kubeusers");
        assertThat(Files.exists(world.adminHome("alice"))).isTrue();
    }
}
