package io.github.maintainkubeusers.bench;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Work on many things, some at once. */
final class SideBySide {
  private SideBySide() {}

  /** For each number from the first to before the last. The first failure is thrown. */
  static void each(int first, int last, int atOnce, IntConsumer work) {
    try (var executor = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      var running = new ArrayList<Future<?>>();
      for (int i = first; i < last; i++) {
        int number = i;
        running.add(executor.submit(() -> work.accept(number)));
      }
      for (Future<?> one : running) {
        Object _ = one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
