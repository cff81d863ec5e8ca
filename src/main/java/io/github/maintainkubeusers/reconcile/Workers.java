package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The threads that work on accounts, one queue for all of them. */
final class Workers implements AutoCloseable {
  private static final Duration LAST_CALLS = Duration.ofSeconds(4);

  private final AccountReconciler reconciler;
  private final InstantSource clock;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("retries").daemon().factory());
  private final AccountQueue queue;
  private final WakeLimiter limiter = new WakeLimiter();

  /** Accounts that were woken too often: one turn is to come for all that wakes them meanwhile. */
  private final Set<AccountId> postponed = ConcurrentHashMap.newKeySet();

  /**
   * @param concurrency accounts that are worked on at once
   */
  Workers(AccountReconciler reconciler, int concurrency, InstantSource clock) {
    this.reconciler = requireNonNull(reconciler, "reconciler is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.queue =
        new AccountQueue(
            this::work,
            concurrency,
            task -> executor.execute(LogContext.carried(task)),
            this::later);
  }

  AccountQueue queue() {
    return queue;
  }

  /**
   * Something of the account changed: works on it when there is something to do, later when it
   * changes all the time.
   */
  void wake(AccountId id) {
    if (postponed.contains(id)) {
      return;
    }
    Duration delay = limiter.take(id);
    if (delay.isZero()) {
      wakeNow(id);
    } else if (postponed.add(id)) {
      later(
          () -> {
            postponed.remove(id);
            wakeNow(id);
          },
          delay);
    }
  }

  /** The connection works again: who failed by it need not wait any longer. */
  void reconnected() {
    for (AccountId id : reconciler.reachableAgain()) {
      Object _ = queue.add(id);
    }
  }

  private void wakeNow(AccountId id) {
    if (reconciler.settleIdle(id).isEmpty()) {
      Object _ = queue.add(id);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    queue.close();
    executor.shutdown();
    try {
      if (!executor.awaitTermination(LAST_CALLS.toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
        boolean _ = executor.awaitTermination(LAST_CALLS.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private Outcome work(AccountId id) {
    Outcome outcome = reconciler.reconcile(id);
    switch (outcome) {
      case Outcome.Failed(_, Optional<Instant> retryAt) ->
          retryAt.ifPresent(time -> queue.addAfter(id, Duration.between(clock.instant(), time)));
      case Outcome.Done _,
          Outcome.Unchanged _,
          Outcome.Pending _,
          Outcome.OnHold _,
          Outcome.Refused _ -> {
        // the next change or pass
      }
    }
    return outcome;
  }

  private void later(Runnable task, Duration delay) {
    try {
      Future<?> _ = timer.schedule(task, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // the program is ending
    }
  }
}
