package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.linux.ErrnoException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Work that a worker does for a caller who waits, but not for ever. */
final class Job<T> {
  private final AccountId account;
  private final Function<FilesystemIdentity, T> work;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private volatile boolean lost;
  private volatile boolean answered = true;

  Job(AccountId account, Function<FilesystemIdentity, T> work) {
    this.account = account;
    this.work = work;
  }

  AccountId account() {
    return account;
  }

  CompletableFuture<T> answer() {
    return answer;
  }

  /**
   * True when the worker has lost its identity and died; to wake the caller was no longer its to
   * do.
   */
  boolean isLost() {
    return lost;
  }

  /**
   * Once it has run: false when the filesystem said no more than that it is away, as soft NFS
   * mounts do.
   */
  boolean wasAnswered() {
    return answered;
  }

  /**
   * @return false when the caller has given up
   */
  boolean abandon(HomeException reason) {
    return answer.completeExceptionally(reason);
  }

  /**
   * @return false when the caller had given up by then
   */
  @SuppressWarnings("IllegalCatch")
  boolean run(FilesystemIdentity identity) {
    try {
      return answer.complete(work.apply(identity));
    } catch (RuntimeException | Error e) {
      if (identity.isLost()) {
        lost = true;
        throw e;
      }
      answered = !(e.getCause() instanceof ErrnoException call && call.errno().isAbsence());
      return answer.completeExceptionally(e);
    }
  }
}
