package io.github.maintainkubeusers.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells the person at a terminal what a command is doing, when it takes more than a moment, and
 * takes that away when it is done.
 */
final class Patience implements AutoCloseable {
  /** What most commands do first. */
  static final String READING = "Reading the directory and the cluster";

  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter errors;
  private final String what;
  private final CountDownLatch done = new CountDownLatch(1);
  private final ExecutorService teller = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Begins.
   *
   * @param each how often it is told
   */
  Patience(PrintWriter errors, String what, Duration each) {
    this.errors = requireNonNull(errors, "errors is null");
    this.what = requireNonNull(what, "what is null");
    teller.execute(() -> tell(each));
  }

  /**
   * Does something that a person waits for.
   *
   * @param errors where it is told, so that what was found can be piped
   * @param what as in {@code Reading the directory and the cluster}
   */
  static <T> T during(PrintWriter errors, String what, Supplier<T> work) {
    if (!Screen.isTerminal()) {
      return work.get();
    }
    try (var _ = new Patience(errors, what, MOMENT)) {
      return work.get();
    }
  }

  /** The same of reading what the cluster holds. */
  static void reading(PrintWriter errors, Runnable read) {
    boolean _ =
        during(
            errors,
            "Reading the cluster",
            () -> {
              read.run();
              return true;
            });
  }

  private void tell(Duration each) {
    try {
      int times = 0;
      while (!done.await(each.toMillis(), TimeUnit.MILLISECONDS)) {
        times++;
        errors.print(ERASE + what + " ... " + each.multipliedBy(times).toSeconds() + " s");
        errors.flush();
      }
      if (times > 0) {
        errors.print(ERASE);
        errors.flush();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing is told afterwards. */
  @Override
  public void close() {
    done.countDown();
    teller.close();
  }
}
