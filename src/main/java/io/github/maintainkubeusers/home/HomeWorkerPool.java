package io.github.maintainkubeusers.home;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.HomePath;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The workers for one root: a few platform threads of its own, so that a filesystem that hangs
 * holds up nobody elsewhere. A worker that does not answer within the deadline is left behind and
 * replaced, up to a bound. An account with a worker left behind has to wait for it: what it does
 * late must not undo what was done since.
 */
final class HomeWorkerPool implements AutoCloseable {
  private static final int LEFT_BEHIND_PER_WORKER = 2;

  private final HomePath root;
  private final int workers;
  private final Duration deadline;
  private final CircuitBreaker circuit;
  private final Supplier<FilesystemIdentity> identities;
  private final Semaphore turns;
  private final BlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** Accounts whose worker was left behind, and whether another has taken its place. */
  private final Map<AccountId, Boolean> leftBehind = new HashMap<>();

  private volatile boolean closed;

  /**
   * @param identities to be called by each worker for itself
   */
  HomeWorkerPool(
      HomePath root,
      HomeSettings settings,
      CircuitBreaker circuit,
      Supplier<FilesystemIdentity> identities) {
    this.root = root;
    this.workers = settings.workers();
    this.deadline = settings.deadline();
    this.circuit = circuit;
    this.identities = identities;
    this.turns = new Semaphore(workers, true);
    for (int i = 0; i < workers; i++) {
      startWorker();
    }
  }

  HomePath root() {
    return root;
  }

  int leftBehind() {
    synchronized (leftBehind) {
      return leftBehind.size();
    }
  }

  /**
   * @param act as in "could not ACT OBJECT"
   */
  <T> T call(String act, HomeLocation home, Function<FilesystemIdentity, T> work) {
    refuseIfHopeless(act, home);
    awaitTurn(act, home);
    boolean back = true;
    try {
      refuseUnlessAdmitted(act, home);
      var job = new Job<>(home.account(), work);
      jobs.add(job);
      try {
        T answer = job.answer().get(deadline.toNanos(), NANOSECONDS);
        circuit.answered();
        return answer;
      } catch (TimeoutException e) {
        back = leave(job, noAnswer(act, home, e), circuit::unanswered);
      } catch (InterruptedException e) {
        back = leave(job, interrupted(act, home, e), _ -> {});
      } catch (ExecutionException _) {
        circuit.answered();
      }
      return result(job);
    } finally {
      if (back) {
        turns.release();
      }
    }
  }

  private static <T> T result(Job<T> job) {
    try {
      return job.answer().join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw e;
      }
    }
  }

  /**
   * @param count what a worker that is left behind is counted by, before it can come back
   * @return whether there is a worker for the next caller
   */
  private boolean leave(Job<?> job, HomeException reason, Consumer<AccountId> count) {
    synchronized (leftBehind) {
      if (!job.abandon(reason)) {
        return true;
      }
      count.accept(job.account());
      boolean mayReplace = job.isLost() || leftBehind.size() < workers * LEFT_BEHIND_PER_WORKER;
      boolean replaced = mayReplace && !closed && replace();
      if (!job.isLost()) {
        leftBehind.put(job.account(), replaced);
      }
      return replaced;
    }
  }

  /**
   * By a worker that was left behind. That it comes back means that the filesystem is back, unless
   * it was told that the filesystem is away.
   *
   * @return whether it has a place still
   */
  private boolean comeBack(Job<?> job) {
    synchronized (leftBehind) {
      if (job.wasAnswered()) {
        circuit.answered();
      }
      if (leftBehind.remove(job.account())) {
        return false;
      }
      turns.release();
      return true;
    }
  }

  private boolean replace() {
    try {
      startWorker();
      return true;
    } catch (OutOfMemoryError _) {
      // No more threads for this process now: one worker less, until the one left behind comes
      // back.
      return false;
    }
  }

  private void startWorker() {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("home " + root)
            .inheritInheritableThreadLocals(false)
            .unstarted(this::work);
    threads.add(thread);
    thread.start();
  }

  @SuppressWarnings("IllegalCatch")
  private void work() {
    try {
      FilesystemIdentity identity = identities.get();
      boolean needed = true;
      while (needed && !closed) {
        Job<?> job = jobs.take();
        needed = job.run(identity) || comeBack(job);
      }
      threads.remove(Thread.currentThread());
    } catch (InterruptedException _) {
      threads.remove(Thread.currentThread());
    } catch (RuntimeException | Error _) {
      // The identity is lost. Not even a lock may be touched now. The caller notices by the
      // deadline, and says so.
    }
  }

  private void refuseIfHopeless(String act, HomeLocation home) {
    if (closed) {
      throw home.refused(HomeFault.SYSTEM, act, "the program is being stopped");
    }
    synchronized (leftBehind) {
      if (leftBehind.containsKey(home.account())) {
        throw home.refused(HomeFault.NO_ANSWER, act, "an earlier operation has not come back yet");
      }
    }
    if (circuit.isResting()) {
      throw resting(act, home);
    }
  }

  private void refuseUnlessAdmitted(String act, HomeLocation home) {
    if (!circuit.admits()) {
      throw resting(act, home);
    }
  }

  private void awaitTurn(String act, HomeLocation home) {
    try {
      if (!turns.tryAcquire(deadline.toNanos(), NANOSECONDS)) {
        throw home.refused(
            HomeFault.NO_ANSWER, act, "all workers for " + root + " were busy for " + seconds());
      }
    } catch (InterruptedException e) {
      throw interrupted(act, home, e);
    }
  }

  private HomeException resting(String act, HomeLocation home) {
    return home.refused(
        HomeFault.NO_ANSWER,
        act,
        root + " has not answered for several accounts; not asked for now");
  }

  private HomeException noAnswer(String act, HomeLocation home, TimeoutException e) {
    return new HomeException(
        HomeFault.NO_ANSWER,
        "could not " + act + " " + home + ": no answer within " + seconds(),
        e);
  }

  private static HomeException interrupted(String act, HomeLocation home, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new HomeException(
        HomeFault.SYSTEM, "could not " + act + " " + home + ": interrupted", e);
  }

  private String seconds() {
    return deadline.toSeconds() > 0 ? deadline.toSeconds() + " s" : deadline.toMillis() + " ms";
  }

  /** Waits for what is running, but not longer than the deadline. */
  @Override
  public void close() {
    closed = true;
    try {
      if (turns.tryAcquire(workers, deadline.toNanos(), NANOSECONDS)) {
        turns.release(workers);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    threads.forEach(Thread::interrupt);
  }
}
