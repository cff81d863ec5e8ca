package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import io.github.maintainkubeusers.testing.Incumbent;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.RootOnly;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever was to lose rights has kept a copy of the credentials, and tries them afterwards. */
@ExtendWith(WorldExtension.class)
class ThiefIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SOME_FAILED = 3;

    @Test
    @RootOnly
    void aFormerOwnerWhoWasForgottenHasNoRightsOfTheNewOwner(World world) {
        world.writeConfig("departure: {disable: delete-namespace}");
        world.addTool("heir", 50_001);
        once(world);
        Kubectl former = copyOf(world, "heir");
        world.ldap().removeTool("heir");
        once(world);
        awaitGone(world, "tool-heir");
        world.ldap().addTool("heir", 50_777, world.toolHomes().resolve("heir-anew").toString());
        once(world);

        ProgramRun forget = world.run("forget", "heir");
        assertThat(forget.status()).as(forget.output()).isZero();
        assertThat(forget.output()).contains("tool heir: the removed account with user id 50001 is forgotten");
        once(world);

        assertThat(world.kubectl(world.toolHomes().resolve("heir-anew")).run("get", "secrets").succeeded()).isTrue();
        assertForbidden(former);
        ProgramRun again = world.run("forget", "heir");
        assertThat(again.status()).as(again.output()).isEqualTo(SOME_FAILED);
        assertThat(world.run("forget", "nobody").status()).isEqualTo(SOME_FAILED);
    }

    @Test
    @RootOnly
    void aLiveToolThatGetsAnotherUserIdLosesItsRightsAndForgettingLetsTheNewOwnerIn(World world) {
        world.addTool("passed-on", 50_001);
        once(world);
        Kubectl former = copyOf(world, "passed-on");
        world.ldap().removeTool("passed-on");
        world.ldap().addTool("passed-on", 50_777, world.toolHomes().resolve("passed-on-anew").toString());

        assertThat(world.run("--once").output()).contains("tool \"passed-on\" is held (name-reused)");
        assertForbidden(former);

        ProgramRun forget = world.run("forget", "passed-on");
        assertThat(forget.output()).contains("user id 50001 is forgotten: user id 50777 gets new credentials");
        once(world);
        assertThat(world.kubectl(world.toolHomes().resolve("passed-on-anew")).run("get", "pods").succeeded()).isTrue();
        assertForbidden(former);
    }

    @Test
    void aNamespaceThatIsDeletedByHandBringsNoOldCredentialsBack(World world) {
        world.addTool("deleted", 50_001);
        once(world);
        Kubectl stolen = copyOf(world, "deleted");
        for (int i = 0; i < 2; i++) {
            kubectl(world).get("delete", "namespace", "tool-deleted", "--wait=false");
            awaitGone(world, "tool-deleted");
            once(world);
            assertThat(own(world, "deleted").run("get", "configmaps").succeeded()).isTrue();
            assertForbidden(stolen);
        }
    }

    @Test
    void anAdminOfAnEarlierControllerWhoIsNotInTheDirectoryLosesAllRights(World world) {
        new Incumbent(world).provisionAdmin("veteran", 60_001);
        world.addAdmins(60_002, "present");
        Kubectl veteran = world.kubectl(world.adminHome("veteran"));
        assertThat(veteran.run("get", "namespaces", "--as=admin", "--as-group=system:masters").succeeded()).isTrue();
        assertThat(world.run("plan").output()).contains("admin veteran: rights end (no longer in the directory)");

        once(world);

        assertThat(veteran.run("get", "namespaces").errors()).contains("Forbidden");
        assertThat(veteran.run("get", "namespaces", "--as=admin", "--as-group=system:masters").errors())
                .contains("Forbidden");
    }

    @Test
    void aToolWhoseNameOthersGiveRightsToIsHeld(World world) {
        kubectl(world).get("create", "clusterrolebinding", "deploybot-everything", "--clusterrole=cluster-admin",
                "--user=deploybot");
        try {
            world.addTool("deploybot", 50_001);
            assertThat(world.run("--once").output()).contains("tool \"deploybot\" is held (name-has-other-rights)",
                    "ClusterRoleBinding deploybot-everything");
            assertThat(world.toolHome("deploybot").resolve(".toolskube/client.crt")).doesNotExist();
        } finally {
            kubectl(world).get("delete", "clusterrolebinding", "deploybot-everything");
        }
        once(world);
        assertThat(own(world, "deploybot").get("auth", "can-i", "create", "pods")).contains("yes");
        assertThat(own(world, "deploybot").run("auth", "can-i", "*", "*", "--all-namespaces").output()).contains("no");
    }

    @Test
    void aLockedAdminLosesAccessWhileAToolOfTheSameNameExists(World world) {
        world.addAdmins(60_001, "twin", "other");
        once(world);
        Kubectl admin = world.kubectl(world.adminHome("twin"));
        world.addTool("twin", 50_001);
        world.ldap().lockPerson("twin");

        assertThat(world.run("--once").output()).contains("tool \"twin\" is held (name-of-tool-and-admin)");

        assertThat(admin.run("get", "namespaces").errors()).contains("Forbidden");
    }

    @Test
    void whatIsLockedWhenAnEarlierControllerIsSucceededLosesItsRights(World world) {
        new Incumbent(world).provisionTool("locked", 50_001);
        world.addTool("locked", 50_001);
        world.ldap().lockTool("locked");
        Kubectl tool = own(world, "locked");
        assertThat(tool.run("get", "configmaps").succeeded()).isTrue();

        once(world);

        assertForbidden(tool);
        assertThat(annotation(world, "locked", "state")).isEqualTo("quarantined");
    }

    private static void once(World world) {
        ProgramRun run = world.run("--once");
        assertThat(run.status()).as(run.output()).isIn(0, SOME_FAILED);
    }

    private static Kubectl copyOf(World world, String tool) {
        Path copy = world.copyOfHome(tool);
        return world.kubectl(copy);
    }

    private static Kubectl own(World world, String tool) {
        return world.kubectl(world.toolHome(tool));
    }

    private static void assertForbidden(Kubectl stolen) {
        assertThat(stolen.run("get", "secrets").errors()).contains("Forbidden");
    }

    private static String annotation(World world, String tool, String name) {
        return kubectl(world).get("get", "namespace", "tool-" + tool, "-o",
                "jsonpath={.metadata.annotations.maintain-kubeusers/" + name + "}");
    }

    private static void awaitGone(World world, String namespace) {
        Waiting.until("the end of " + namespace, SOON,
                () -> !kubectl(world).run("get", "namespace", namespace).succeeded());
    }

    private static Kubectl kubectl(World world) {
        return world.plane().kubectl();
    }
}
