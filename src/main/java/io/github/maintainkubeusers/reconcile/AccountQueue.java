package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The one queue of all work on accounts. An account that is added many times before its turn is
 * worked on once; one that is added while it is worked on gets another turn after that; no account
 * is ever worked on twice at once.
 */
final class AccountQueue implements AutoCloseable {
  static final Outcome ENDING =
      new Outcome.Failed("interrupted: the program is ending", Optional.empty());

  private final Function<AccountId, Outcome> work;
  private final int concurrency;
  private final Executor executor;
  private final BiConsumer<Runnable, Duration> timer;
  private final Map<AccountId, Entry> entries = new HashMap<>();
  private final Queue<AccountId> ready = new ArrayDeque<>();
  private int running;
  private boolean closed;

  /** What is asked for an account: a turn that is yet to come, beside one that may be under way. */
  private static final class Entry {
    private Optional<CompletableFuture<Outcome>> next = Optional.empty();
    private boolean running;
  }

  /**
   * @param work never fails
   * @param concurrency how many accounts are worked on at once
   * @param timer runs a task later
   */
  AccountQueue(
      Function<AccountId, Outcome> work,
      int concurrency,
      Executor executor,
      BiConsumer<Runnable, Duration> timer) {
    this.work = requireNonNull(work, "work is null");
    this.concurrency = concurrency;
    this.executor = requireNonNull(executor, "executor is null");
    this.timer = requireNonNull(timer, "timer is null");
  }

  /**
   * @return what came of the turn that begins after this call
   */
  CompletableFuture<Outcome> add(AccountId id) {
    CompletableFuture<Outcome> outcome;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.completedFuture(ENDING);
      }
      Entry entry = entries.computeIfAbsent(id, _ -> new Entry());
      if (entry.next.isPresent()) {
        return entry.next.get();
      }
      outcome = new CompletableFuture<>();
      entry.next = Optional.of(outcome);
      if (!entry.running) {
        ready.add(id);
      }
    }
    dispatch();
    return outcome;
  }

  /** Adds the account when the delay is over. */
  void addAfter(AccountId id, Duration delay) {
    timer.accept(
        () -> {
          Object _ = add(id);
        },
        delay);
  }

  /** Starts no more turns. Those under way go on. */
  @Override
  public void close() {
    var waiting = new ArrayList<CompletableFuture<Outcome>>();
    synchronized (this) {
      closed = true;
      ready.clear();
      entries
          .values()
          .forEach(
              entry -> {
                entry.next.ifPresent(waiting::add);
                entry.next = Optional.empty();
              });
    }
    waiting.forEach(outcome -> outcome.complete(ENDING));
  }

  /** Outside of the lock: an executor may run a task at once. */
  private void dispatch() {
    for (List<Turn> turns = startable(); !turns.isEmpty(); turns = startable()) {
      for (Turn turn : turns) {
        try {
          executor.execute(() -> run(turn));
        } catch (RejectedExecutionException _) {
          end(turn, ENDING);
        }
      }
    }
  }

  private record Turn(AccountId id, CompletableFuture<Outcome> outcome) {}

  private synchronized List<Turn> startable() {
    var turns = new ArrayList<Turn>();
    while (running < concurrency && !ready.isEmpty()) {
      AccountId id = ready.remove();
      Entry entry = entries.get(id);
      turns.add(new Turn(id, entry.next.orElseThrow()));
      entry.next = Optional.empty();
      entry.running = true;
      running++;
    }
    return turns;
  }

  private void run(Turn turn) {
    Outcome outcome = ENDING;
    try {
      outcome = work.apply(turn.id());
    } finally {
      end(turn, outcome);
      dispatch();
    }
  }

  private void end(Turn turn, Outcome outcome) {
    synchronized (this) {
      running--;
      Entry entry = entries.get(turn.id());
      entry.running = false;
      if (entry.next.isPresent()) {
        ready.add(turn.id());
      } else {
        entries.remove(turn.id());
      }
    }
    turn.outcome().complete(outcome);
  }
}
