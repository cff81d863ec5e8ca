package io.github.maintainkubeusers.kube;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Does the same for many things side by side, a bounded number at once. */
public final class Parallel {
  private final int atOnce;

  private Parallel(int atOnce) {
    this.atOnce = atOnce;
  }

  public static Parallel of(int atOnce) {
    return new Parallel(atOnce);
  }

  /**
   * Does it, and waits for all.
   *
   * @return the results in the order of the things
   * @throws IllegalStateException when the caller is interrupted: what is under way is interrupted
   *     as well, so that the caller need not wait for its end
   */
  public <T, R> List<R> map(Collection<T> things, Function<T, List<R>> work) {
    var permits = new Semaphore(atOnce);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<R>>> futures =
          things.stream()
              .map(
                  thing ->
                      threads.submit(
                          () -> {
                            permits.acquire();
                            try {
                              return work.apply(thing);
                            } finally {
                              permits.release();
                            }
                          }))
              .toList();
      return results(threads, futures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private static <R> List<R> results(ExecutorService threads, List<Future<List<R>>> futures)
      throws InterruptedException, ExecutionException {
    var results = new ArrayList<R>();
    try {
      for (Future<List<R>> future : futures) {
        results.addAll(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      threads.shutdownNow();
      throw e;
    }
  }
}
