package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.Incumbent;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.RootOnly;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was revoked never works again: beside a running controller, in quarantine, with a home that cannot be written. */
@ExtendWith(WorldExtension.class)
class ThiefRevokeIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SOME_FAILED = 3;

    @Test
    void revokeBesideARunningControllerHoldsThoughTheKubeconfigIsBroken(World world) throws IOException {
        world.addTool("robbed", 50_001);
        try (ProgramRun program = world.start("--interval=1")) {
            awaitOwn(world, "robbed");
            Kubectl thief = world.kubectl(world.copyOfHome("robbed"));
            Files.writeString(world.toolHome("robbed").resolve(".kube/config"), "users: [");

            ProgramRun revoke = world.run("revoke", "robbed");

            assertThat(revoke.output()).contains("tool robbed: its credentials have no rights any more");
            assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
            String serial = Certificates.serial(certificate(world, "robbed"));
            Waiting.until("the controller has looked again\n" + program.output(), SOON,
                    () -> program.output().contains("tool robbed: could not merge into"));
            assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
            Files.delete(world.toolHome("robbed").resolve(".kube/config"));
            awaitOwn(world, "robbed");
            assertThat(serial).isNotBlank();
            assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
        }
    }

    @Test
    void revokeWithoutAControllerIssuesNewCredentialsItself(World world) {
        world.addTool("lonely", 50_001);
        once(world);
        Kubectl thief = world.kubectl(world.copyOfHome("lonely"));

        ProgramRun revoke = world.run("revoke", "lonely");

        assertThat(revoke.status()).as(revoke.output()).isZero();
        assertThat(revoke.output()).contains("tool lonely: new credentials (revoked)");
        assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
        assertThat(own(world, "lonely").run("get", "configmaps").succeeded()).isTrue();
        ProgramRun unknown = world.run("revoke", "lonely", "nobody");
        assertThat(unknown.status()).isEqualTo(SOME_FAILED);
        assertThat(unknown.output()).contains("tool nobody: has no credentials here");
    }

    @Test
    @RootOnly
    void rightsEndAlsoWhereTheHomeCannotBeWritten(World world) throws IOException {
        world.addTool("sealed", 50_001);
        once(world);
        Kubectl thief = world.kubectl(world.copyOfHome("sealed"));
        Path folder = world.toolHome("sealed").resolve(".toolskube");
        Files.setAttribute(folder, "unix:mode", 0500);

        ProgramRun revoke = world.run("revoke", "sealed");

        assertThat(revoke.status()).as(revoke.output()).isEqualTo(SOME_FAILED);
        assertThat(revoke.output()).contains("its credentials have no rights any more",
                "new credentials could not be issued yet");
        for (int i = 0; i < 4; i++) {
            once(world);
        }
        assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
        assertThat(subjects(world, "sealed")).as("bounded").hasSizeLessThanOrEqualTo(4);
        Files.setAttribute(folder, "unix:mode", 0755);
        once(world);
        assertThat(own(world, "sealed").run("get", "configmaps").succeeded()).isTrue();
        assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
    }

    @Test
    void revokedThenLockedThenUnlockedStaysRevoked(World world) {
        world.addTool("bounced", 50_001);
        once(world);
        Kubectl thief = world.kubectl(world.copyOfHome("bounced"));
        world.ldap().lockTool("bounced");
        once(world);
        ProgramRun revoke = world.run("revoke", "bounced");
        assertThat(revoke.status()).as("in quarantine, too: " + revoke.output()).isZero();
        once(world);
        world.ldap().unlockTool("bounced");

        once(world);
        once(world);

        assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
        assertThat(own(world, "bounced").run("get", "configmaps").succeeded()).isTrue();
    }

    @Test
    void whatAnEarlierControllerIssuedCanBeRevokedBeforeItIsTakenOver(World world) {
        new Incumbent(world).provisionTool("early", 50_001);
        world.addTool("early", 50_001);
        Kubectl thief = world.kubectl(world.copyOfHome("early"));

        ProgramRun revoke = world.run("revoke", "early");

        assertThat(revoke.status()).as(revoke.output()).isZero();
        assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
        once(world);
        assertThat(thief.run("get", "configmaps").errors()).contains("Forbidden");
        assertThat(own(world, "early").run("get", "configmaps").succeeded()).isTrue();
    }

    /** As after etcd was restored: the record and the binding are those of before the last refresh. */
    @Test
    void credentialsThatARestoredClusterBringsBackLoseTheirRights(World world) {
        world.writeConfig("homes: {checkInterval: 1s}\ncredentials: {gracePeriod: 0s}");
        world.addTool("restored", 50_001);
        once(world);
        Kubectl superseded = world.kubectl(world.copyOfHome("restored"));
        Map<String, String> record = annotations(world, "restored");
        List<String> subjects = subjects(world, "restored");
        superseded.get("delete", "configmap", "maintain-kubeusers");
        once(world);
        once(world);
        assertThat(superseded.run("get", "configmaps").errors()).contains("Forbidden");

        record.forEach((name, value) -> kubectl(world).get("annotate", "--overwrite", "namespace", "tool-restored",
                name + "=" + value));
        kubectl(world).get("patch", "rolebinding", "restored-tool-binding", "-n", "tool-restored", "--type=merge", "-p",
                "{\"subjects\":[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Group\",\"name\":\""
                        + subjects.getFirst() + "\"}]}");
        assertThat(superseded.run("get", "configmaps").succeeded()).as("they are back").isTrue();

        try (ProgramRun program = world.start("--interval=1")) {
            Waiting.until("the home is looked into\n" + program.output(), SOON, () -> program.output()
                    .contains("tool restored: done (the record is older than the home)"));
            assertThat(superseded.run("get", "configmaps").errors()).contains("Forbidden");
            awaitOwn(world, "restored");
        }
    }

    private static void once(World world) {
        ProgramRun run = world.run("--once");
        assertThat(run.status()).as(run.output()).isIn(0, SOME_FAILED);
    }

    private static void awaitOwn(World world, String tool) {
        Waiting.until("credentials of " + tool, SOON, () -> Files.exists(world.toolHome(tool).resolve(".kube/config"))
                && own(world, tool).run("get", "configmaps").succeeded());
    }

    private static Kubectl own(World world, String tool) {
        return world.kubectl(world.toolHome(tool));
    }

    private static Path certificate(World world, String tool) {
        return world.toolHome(tool).resolve(".toolskube/client.crt");
    }

    private static Map<String, String> annotations(World world, String tool) {
        var annotations = new HashMap<String, String>();
        for (String name : List.of("credential", "certificate", "serial", "not-before", "not-after", "since",
                "generation")) {
            annotations.put("maintain-kubeusers/" + name, kubectl(world).get("get", "namespace", "tool-" + tool, "-o",
                    "jsonpath={.metadata.annotations.maintain-kubeusers/" + name + "}"));
        }
        return annotations;
    }

    private static List<String> subjects(World world, String tool) {
        return List.of(kubectl(world).get("get", "rolebinding", tool + "-tool-binding", "-n", "tool-" + tool, "-o",
                "jsonpath={.subjects[*].name}").split(" "));
    }

    private static Kubectl kubectl(World world) {
        return world.plane().kubectl();
    }
}
