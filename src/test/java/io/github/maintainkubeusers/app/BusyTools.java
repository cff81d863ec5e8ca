package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tools that each ask for something of their own again and again, with what is in their homes at
 * that moment.
 */
final class BusyTools implements AutoCloseable {
  static final int COUNT = 3;

  /** Leaves the processor to what they ask, and to those who rotate. */
  private static final Duration BREATH = Duration.ofMillis(100);

  /**
   * What kubectl says, without having asked anybody, that has read the key of one pair and the
   * certificate of another: two files cannot be replaced in one step. It is right the next time.
   */
  private static final String HALF = "private key does not match public key";

  private final World world;
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final List<AtomicInteger> answers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
  private volatile boolean ended;

  private BusyTools(World world) {
    this.world = world;
  }

  /** Puts them into the directory. */
  static void add(World world) {
    IntStream.range(0, COUNT).forEach(i -> world.addTool(name(i), 50_001 + i));
  }

  /** Those that were added and provisioned. */
  static BusyTools start(World world) {
    var tools = new BusyTools(world);
    for (int i = 0; i < COUNT; i++) {
      Kubectl tool = tools.kubectl(i);
      Waiting.until(
          "the API server knows of the rights of " + name(i),
          Duration.ofSeconds(60),
          () -> tool.run("get", "configmap", "maintain-kubeusers").succeeded());
      var count = new AtomicInteger();
      tools.answers.add(count);
      tools.threads.add(
          Thread.ofPlatform().name("client-" + i).start(() -> tools.work(tool, count)));
    }
    return tools;
  }

  private void work(Kubectl tool, AtomicInteger count) {
    while (!ended) {
      lock.readLock().lock();
      try {
        Kubectl.Result result = ask(tool);
        if (!result.succeeded() && result.errors().contains(HALF)) {
          result = ask(tool);
        }
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

  private static Kubectl.Result ask(Kubectl tool) {
    return tool.run("get", "configmap", "maintain-kubeusers", "-o", "name");
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

  /** Each has had an answer since, and none has ever been refused. */
  void awaitWork() {
    List<Integer> before = answers.stream().map(AtomicInteger::get).toList();
    Waiting.until(
        "every client has been answered",
        Duration.ofSeconds(60),
        () ->
            !refusals.isEmpty()
                || IntStream.range(0, COUNT).allMatch(i -> answers.get(i).get() > before.get(i)));
    assertThat(refusals).isEmpty();
  }

  Kubectl kubectl(int i) {
    return world.kubectl(world.toolHome(name(i)));
  }

  List<String> issuers() {
    return certificates().map(Certificates::read).map(BusyTools::issuer).toList();
  }

  List<String> serials() {
    return certificates().map(Certificates::serial).toList();
  }

  List<String> kubeconfigs() {
    return homes().map(home -> text(home.resolve(".kube/config"))).toList();
  }

  private Stream<Path> certificates() {
    return homes().map(home -> home.resolve(".toolskube/client.crt"));
  }

  private Stream<Path> homes() {
    return IntStream.range(0, COUNT).mapToObj(i -> world.toolHome(name(i)));
  }

  private static String issuer(X509Certificate certificate) {
    return certificate.getIssuerX500Principal().getName();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(int i) {
    return "busy-" + i;
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
