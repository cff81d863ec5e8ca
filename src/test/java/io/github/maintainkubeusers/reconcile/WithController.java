package io.github.maintainkubeusers.reconcile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/** A controller for each test, and what tests ask of it. */
abstract class WithController {
  final ClusterException unavailable =
      new ClusterException(
          ClusterException.Reason.UNAVAILABLE, "could not do it: the API server cannot be reached");
  static final Duration SOON = Duration.ofSeconds(10);

  private static final Pattern ID = Pattern.compile("\\b[0-9a-v]{20}\\b");

  final TestingController t = new TestingController(2);

  @AfterEach
  void end() {
    t.close();
  }

  Account provisioned(String name) {
    Account account = t.tool(name);
    assertThat(t.pass(account)).isEqualTo(new Outcome.Done("new"));
    t.clock.advance(Duration.ofHours(1));
    assertThat(t.pass(account)).isEqualTo(new Outcome.Unchanged());
    settle(); // a wake by our own writes that comes late would do the work of the next pass
    return account;
  }

  void awaitGeneration(Account account, int number) {
    Waiting.until(
        "generation " + number + " of " + account + " is recorded",
        SOON,
        () ->
            t.cluster
                .record(account.id())
                .filter(record -> record.credential().orElseThrow().number() == number)
                .isPresent());
  }

  /** What was done, as opposed to read. */
  List<String> effects() {
    return t.journal.entries().stream()
        .filter(entry -> !entry.matches("(load|follow|read|observe|delete).*"))
        .map(entry -> ID.matcher(entry).replaceAll("ID"))
        .toList();
  }

  /**
   * Events of our own changes have been looked at, so that what is in the journal from here on is
   * new.
   */
  void quiet() {
    settle();
    t.journal.clear();
  }

  void settle() {
    Waiting.until(
        "nothing happens",
        SOON,
        () -> {
          int before = t.journal.entries().size();
          Waiting.until("a moment has passed", SOON, elapsed(Duration.ofMillis(100)));
          return t.journal.entries().size() == before;
        });
  }

  String file(Account account, HomeFile file) {
    return new String(t.homes.get(account.id(), file).orElseThrow(), US_ASCII);
  }

  static Optional<Instant> retryAt(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).retryAt();
  }

  static BooleanSupplier elapsed(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return () -> System.nanoTime() - end > 0;
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ClusterException(
          ClusterException.Reason.OTHER, "could not wait: the program is ending");
    }
  }

  static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException _) {
        // that is what hanging means
      }
    }
  }
}
