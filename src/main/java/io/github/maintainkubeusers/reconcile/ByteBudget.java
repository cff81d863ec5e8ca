package io.github.maintainkubeusers.reconcile;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Bounds the bytes of tenants' files that are parsed at once, because a parsed file takes many
 * times its size in memory and tenants choose the size. Whoever finds the budget taken waits for
 * its turn.
 */
final class ByteBudget {
  private final int budget;
  private final Semaphore free;

  /**
   * @param budget in bytes; a larger file is worked on alone
   */
  ByteBudget(int budget) {
    this.budget = budget;
    this.free = new Semaphore(budget, true);
  }

  /**
   * Does the work, which takes memory in proportion to this many bytes, as soon as there is room
   * for it.
   */
  <T> T spend(int bytes, Supplier<T> work) {
    int share = Math.min(bytes, budget);
    free.acquireUninterruptibly(share);
    try {
      return work.get();
    } finally {
      free.release(share);
    }
  }
}
