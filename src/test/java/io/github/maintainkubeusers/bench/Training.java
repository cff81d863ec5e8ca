package io.github.maintainkubeusers.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;

/** A program: lets the program do all that it usually does, so that its JVM learns which classes that takes. */
final class Training {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Training() {}

    public static void main(String[] arguments) {
        Path output = Path.of(arguments[0]);
        try (ControlPlane plane = ControlPlane.start();
                TestLdapServer ldap = TestLdapServer.start(plane.folder().resolve("ldap"))) {
            World world = World.create(plane, ldap);
            world.addTool("trained", 50_001);
            world.addAdmins(60_001, "trainer");
            try (ProgramRun run = world.start("--interval=1")) {
                var log = new PassLog(run);
                log.await(2, PATIENCE);
                plane.kubectl().get("delete", "configmap", "maintain-kubeusers", "-n", "tool-trained");
                ldap.lockTool("trained");
                log.await(log.passes().size() + 2, PATIENCE);
                run.terminate();
                Waiting.until("the end of the program, which writes the cache", PATIENCE, () -> !run.isAlive());
                if (!Files.isRegularFile(output)) {
                    throw new IllegalStateException("there is no cache:\n" + run.output());
                }
            }
        }
        System.exit(0);
    }
}
