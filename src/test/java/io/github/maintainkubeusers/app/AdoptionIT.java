package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.Incumbent;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster of the service that is succeeded is taken over as it is. */
@ExtendWith(WorldExtension.class)
class AdoptionIT {
    @Test
    void theFirstPassAddsRecordsAndChangesNothingElse(World world) throws IOException {
        var incumbent = new Incumbent(world);
        incumbent.provisionTool("veteran", 50_001);
        incumbent.provisionAdmin("ada", 60_001);
        world.addTool("veteran", 50_001);
        world.addAdmins(60_001, "ada");
        List<String> files = files(world);
        String quota = quota(world);
        AuditLog audit = world.plane().auditLog();

        ProgramRun run = world.run("--once");

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("tool veteran: done (taken over)", "admin ada: done (taken over)");
        assertThat(audit.calls(call -> call.isWrite() && call.user().startsWith("system:serviceaccount:maintain")))
                .extracting(call -> call.verb() + " " + call.resource() + " " + call.name())
                .containsExactlyInAnyOrder("patch namespaces tool-veteran", "patch configmaps maintain-kubeusers");
        assertThat(files(world)).isEqualTo(files);
        assertThat(quota(world)).isEqualTo(quota);
        assertThat(generation(world, "veteran")).isEqualTo("0");
        assertThat(world.kubectl(world.toolHome("veteran")).get("get", "configmaps")).contains("maintain-kubeusers");
        assertThat(
                world.plane().kubectl().get("get", "configmap", "maintain-kubeusers", "-n", "maintain-kubeusers", "-o",
                        "jsonpath={.data.ada}"))
                .as("what the incumbent reads is still there").isEqualTo("2036-11-22T03:50:14");
        assertThat(world.run("--once").output()).contains("2 unchanged");
    }

    @Test
    void theFirstRefreshEndsTheRightsOfTheUserAfterTheGracePeriod(World world) throws IOException {
        world.writeConfig("credentials: {gracePeriod: 0s}");
        new Incumbent(world).provisionTool("moving", 50_001);
        world.addTool("moving", 50_001);
        assertThat(world.run("--once").status()).isZero();
        Path old = Files.createDirectories(world.folder().resolve("old"));
        copy(world.toolHome("moving"), old);
        Kubectl before = world.kubectl(old);
        before.get("delete", "configmap", "maintain-kubeusers");

        assertThat(world.run("--once").status()).isZero();
        assertThat(world.run("--once").status()).isZero();

        assertThat(before.run("get", "configmaps").errors()).contains("Forbidden");
        assertThat(world.kubectl(world.toolHome("moving")).get("get", "configmaps")).contains("maintain-kubeusers");
        assertThat(generation(world, "moving")).isEqualTo("1");
    }

    @Test
    void credentialsThatAreNoUseAreReplaced(World world) throws IOException {
        new Incumbent(world).provisionTool("worn", 50_001);
        world.addTool("worn", 50_001);
        Files.delete(world.toolHome("worn").resolve(".toolskube/client.key"));
        ProgramRun run = world.run("--once");
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("tool worn: done (those of an earlier controller were no use)");
        assertThat(world.kubectl(world.toolHome("worn")).get("get", "configmaps")).contains("maintain-kubeusers");
    }

    private static String generation(World world, String tool) {
        return world.plane().kubectl().get("get", "namespace", "tool-" + tool, "-o",
                "jsonpath={.metadata.annotations.maintain-kubeusers/generation}");
    }

    private static String quota(World world) {
        return world.plane().kubectl().get("get", "resourcequota", "tool-veteran", "-n", "tool-veteran", "-o",
                "jsonpath={.metadata.resourceVersion}{.spec}");
    }

    /** Inode, owner, mode, times and names of everything in the homes. */
    private static List<String> files(World world) throws IOException {
        var lines = new ArrayList<String>();
        for (Path root : new Path[]{world.toolHomes(), world.adminHomes()}) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(path -> !path.equals(root)).sorted().toList()) {
                    lines.add(Files.readAttributes(file, "unix:ino,uid,gid,mode,lastModifiedTime,ctime") + " " + file);
                }
            }
        }
        return lines;
    }

    private static void copy(Path home, Path target) throws IOException {
        for (String file : new String[]{".kube/config", ".toolskube/client.crt", ".toolskube/client.key"}) {
            Files.createDirectories(target.resolve(file).getParent());
            Files.copy(home.resolve(file), target.resolve(file));
        }
    }
}
