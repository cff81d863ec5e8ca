package io.github.maintainkubeusers.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and Ctrl-C: the main thread is asked to end, closes everything in its order, and the
 * process then ends with status 0. The shutdown hook ends the process itself: the JVM would answer
 * a signal with a status of its own, and {@link System#exit} in the main thread would wait for the
 * hook, which waits for the main thread.
 */
final class Termination implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(9);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::terminate, "termination");

  private Termination() {}

  static Termination onSignal() {
    var termination = new Termination();
    Runtime.getRuntime().addShutdownHook(termination.hook);
    return termination;
  }

  /** Returns when the process is to end. */
  void await() throws InterruptedException {
    requested.await();
  }

  /**
   * @return whether the process is to end; false when the time is over
   */
  boolean await(Duration time) throws InterruptedException {
    return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Everything is closed. */
  @Override
  public void close() {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      closed.countDown(); // the hook is running
    }
  }

  private void terminate() {
    requested.countDown();
    try {
      if (closed.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(ExitStatus.OK);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
