package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Another authority takes over, in two steps, while tools go on working. */
class RotationIT {
  private static final int TOOLS = 3;
  private static final Duration SOON = Duration.ofSeconds(60);

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
        dropAtOnce(world, program);
      }
    }
  }

  private static void rotate(World world, InProcess program, Clients clients) throws IOException {
    ControlPlane plane = world.plane();
    Authority next = Authority.create(plane.folder(), "next-ca");
    clients.awaitWork();

    plane.setAuthorities(plane.ca(), plane.ca(), plane.ca(), next);
    clients.without(() -> restart(plane));
    plane.publishTrust();
    settle(program, "1 pending", "both are trusted, and kubeconfigs say so, two a minute");
    clients.awaitWork();
    assertThat(issuers(world)).containsOnly("CN=ca");

    plane.setAuthorities(next, next, plane.ca(), next);
    clients.without(() -> restart(plane));
    plane.publishTrust();
    program.clock.advance(Duration.ofMinutes(10));
    settle(program, "1 pending", "the next one signs, and certificates follow in waves");
    clients.awaitWork();
    assertThat(issuers(world)).containsOnly("CN=next-ca");

    plane.setAuthorities(next, next, next);
    plane.publishTrust();
    settle(program, "1 pending", "kubeconfigs trust the next one alone");
    clients.without(() -> restart(plane));
    clients.awaitWork();
    program.clock.advance(Duration.ofMinutes(1));
    assertThat(program.pass().summary()).contains(TOOLS + " unchanged");
    assertThat(clients.refusals).isEmpty();
  }

  /** An authority whose key is in the wrong hands: nothing that it has signed is good any more. */
  private static void dropAtOnce(World world, InProcess program) throws IOException {
    ControlPlane plane = world.plane();
    Authority fresh = Authority.create(plane.folder(), "fresh-ca");
    plane.setAuthorities(fresh, fresh, fresh);
    restart(plane);
    plane.publishTrust();
    assertThat(world.kubectl(world.toolHome("busy-0")).run("get", "pods").succeeded()).isFalse();

    program.passUntil(
        "certificates by the fresh authority",
        () -> issuers(world).stream().allMatch(issuer -> issuer.equals("CN=fresh-ca")));

    for (int i = 0; i < TOOLS; i++) {
      Kubectl tool = world.kubectl(world.toolHome("busy-" + i));
      Waiting.until(
          "rights again", Duration.ofSeconds(60), () -> tool.run("get", "pods").succeeded());
    }
  }

  /**
   * Passes until nothing is left to do, minute by minute. A change can become known in parts, of
   * which each is rolled out: what the control plane publishes again after a restart comes a moment
   * after the rest.
   */
  private static void settle(InProcess program, String first, String what) {
    Object _ =
        Waiting.untilPassed(
            SOON,
            () ->
                assertThat(program.pass().summary())
                    .as("the program sees the change: " + what)
                    .contains(first));
    Object _ =
        Waiting.untilPassed(
            SOON,
            () -> {
              program.clock.advance(Duration.ofMinutes(1));
              return assertThat(program.pass().summary()).as(what).contains(TOOLS + " unchanged");
            });
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

  /**
   * Each tool asks for something of its own again and again, with what is in its home at that
   * moment.
   */
  private static final class Clients implements AutoCloseable {
    /** Leaves the processor to what they ask, and to those who rotate. */
    private static final Duration BREATH = Duration.ofMillis(100);

    final List<String> refusals = new CopyOnWriteArrayList<>();
    private final List<AtomicInteger> answers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private volatile boolean ended;

    Clients(World world) {
      for (int i = 0; i < TOOLS; i++) {
        Kubectl tool = world.kubectl(world.toolHome("busy-" + i));
        Waiting.until(
            "the API server knows of the rights of busy-" + i,
            Duration.ofSeconds(60),
            () -> tool.run("get", "configmap", "maintain-kubeusers").succeeded());
        var count = new AtomicInteger();
        answers.add(count);
        threads.add(Thread.ofPlatform().name("client-" + i).start(() -> work(tool, count)));
      }
    }

    private void work(Kubectl tool, AtomicInteger count) {
      while (!ended) {
        lock.readLock().lock();
        try {
          Kubectl.Result result = tool.run("get", "configmap", "maintain-kubeusers", "-o", "name");
          if (result.succeeded()) {
            count.incrementAndGet();
          } else {
            refusals.add(result.errors());
          }
        } finally {
          lock.readLock().unlock();
        }
        Waiting.pause(BREATH);
      }
    }

    /** An API server that is being started is sent no clients, as by a load balancer. */
    void without(Runnable restart) {
      lock.writeLock().lock();
      try {
        restart.run();
      } finally {
        lock.writeLock().unlock();
      }
    }

    /** Each has had an answer since, or a refusal. */
    void awaitWork() {
      List<Integer> before = answers.stream().map(AtomicInteger::get).toList();
      Waiting.until(
          "every client has been answered",
          Duration.ofSeconds(60),
          () ->
              !refusals.isEmpty()
                  || IntStream.range(0, TOOLS).allMatch(i -> answers.get(i).get() > before.get(i)));
      assertThat(refusals).isEmpty();
    }

    @Override
    public void close() {
      ended = true;
      threads.forEach(
          thread -> {
            try {
              thread.join();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }
}
