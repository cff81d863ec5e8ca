package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import org.junit.jupiter.api.Test;

/** Another authority takes over, in two steps, while tools go on working. */
class RotationIT {
    private static final int TOOLS = 3;

    @Test
    void nobodyIsRefusedWhileTheAuthorityIsRotatedInTwoSteps() throws IOException {
        try (ControlPlane plane = ControlPlane.start();
                TestLdapServer ldap = TestLdapServer.start(plane.folder().resolve("ldap"))) {
            World world = World.create(plane, ldap);
            world.writeConfig("cluster: {clockTolerance: 3650d}\nrollout: {perMinute: 2}");
            IntStream.range(0, TOOLS).forEach(i -> world.addTool("busy-" + i, 50_001 + i));
            try (InProcess program = InProcess.start(world)) {
                program.pass();
                try (var clients = new Clients(world)) {
                    rotate(world, program, clients);
                }
            }
        }
    }

    private static void rotate(World world, InProcess program, Clients clients) throws IOException {
        ControlPlane plane = world.plane();
        Authority next = Authority.create(plane.folder(), "next-ca");
        clients.awaitWork();

        plane.setAuthorities(plane.ca(), plane.ca(), plane.ca(), next);
        restart(plane);
        plane.publishTrust();
        settle(program, "1 pending", "both are trusted, and kubeconfigs say so, two a minute");
        clients.awaitWork();
        assertThat(issuers(world)).containsOnly("CN=ca");

        plane.setAuthorities(next, next, plane.ca(), next);
        restart(plane);
        plane.publishTrust();
        program.clock.advance(Duration.ofMinutes(10));
        settle(program, "1 pending", "the next one signs, and certificates follow in waves");
        clients.awaitWork();
        assertThat(issuers(world)).containsOnly("CN=next-ca");

        plane.setAuthorities(next, next, next);
        plane.publishTrust();
        settle(program, "1 pending", "kubeconfigs trust the next one alone");
        restart(plane);
        clients.awaitWork();
        program.clock.advance(Duration.ofMinutes(1));
        assertThat(program.pass().summary()).contains(TOOLS + " unchanged");
        assertThat(clients.refusals).isEmpty();
    }

    /** Passes until nothing is left to do, minute by minute. */
    private static void settle(InProcess program, String first, String what) {
        Waiting.until("the program sees the change: " + what, Duration.ofSeconds(30),
                () -> program.pass().summary().contains(first));
        for (int minute = 0; minute < TOOLS && !program.pass().summary().contains(TOOLS + " unchanged"); minute++) {
            program.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(program.pass().summary()).as(what).contains(TOOLS + " unchanged");
    }

    private static void restart(ControlPlane plane) {
        plane.stopControllerManager();
        plane.stopApiServer();
        plane.startApiServer();
        plane.startControllerManager();
    }

    private static List<String> issuers(World world) {
        var issuers = new ArrayList<String>();
        for (int i = 0; i < TOOLS; i++) {
            Path certificate = world.toolHome("busy-" + i).resolve(".toolskube/client.crt");
            issuers.add(Certificates.read(certificate).getIssuerX500Principal().getName());
        }
        return issuers;
    }

    /** Each tool asks for something of its own again and again, with what is in its home at that moment. */
    private static final class Clients implements AutoCloseable {
        final List<String> refusals = new CopyOnWriteArrayList<>();
        private final List<AtomicInteger> answers = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean ended;

        Clients(World world) {
            for (int i = 0; i < TOOLS; i++) {
                Kubectl tool = world.kubectl(world.toolHome("busy-" + i));
                Waiting.until("the API server knows of the rights of busy-" + i, Duration.ofSeconds(30),
                        () -> tool.run("get", "configmap", "maintain-kubeusers").succeeded());
                var count = new AtomicInteger();
                answers.add(count);
                threads.add(Thread.ofPlatform().name("client-" + i).start(() -> work(tool, count)));
            }
        }

        private void work(Kubectl tool, AtomicInteger count) {
            while (!ended) {
                Kubectl.Result result = tool.run("get", "configmap", "maintain-kubeusers", "-o", "name");
                if (result.succeeded()) {
                    count.incrementAndGet();
                } else if (!isAway(result.errors())) {
                    refusals.add(result.errors());
                }
            }
        }

        /** One API server that is restarted is away for a moment; that is not a refusal. */
        private static boolean isAway(String errors) {
            return errors.contains("connection refused") || errors.contains("EOF")
                    || errors.contains("connection reset by peer") || errors.contains("was refused - did you specify")
                    || errors.contains("ServiceUnavailable") || errors.contains("apiserver not ready")
                    || errors.contains("Unable to connect to the server: net/http: TLS handshake timeout");
        }

        /** Each has had an answer since, or a refusal. */
        void awaitWork() {
            List<Integer> before = answers.stream().map(AtomicInteger::get).toList();
            Waiting.until("every client has been answered", Duration.ofSeconds(60), () -> !refusals.isEmpty()
                    || IntStream.range(0, TOOLS).allMatch(i -> answers.get(i).get() > before.get(i)));
            assertThat(refusals).isEmpty();
        }

        @Override
        public void close() {
            ended = true;
            threads.forEach(thread -> {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
