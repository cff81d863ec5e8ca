package io.github.maintainkubeusers.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Holds one call back before it reaches the API server, until it is let go: the time in which
 * something else happens.
 */
public final class HeldCall implements FaultyApiServer.Fault {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Predicate<FaultyApiServer.Call> which;
  private final AtomicInteger before;
  private final CountDownLatch caught = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  private HeldCall(Predicate<FaultyApiServer.Call> which, int before) {
    this.which = which;
    this.before = new AtomicInteger(before);
  }

  /** Holds the first such call. */
  public static HeldCall first(Predicate<FaultyApiServer.Call> which) {
    return new HeldCall(which, 0);
  }

  /**
   * Lets so many writes pass and holds the next one. Leases and events are no writes of an account.
   */
  public static HeldCall afterWrites(int count) {
    return new HeldCall(
        call ->
            call.isWrite() && !call.path().contains("/leases") && !call.path().contains("/events"),
        count);
  }

  public void awaitCaught(ProgramRun program) {
    Object _ =
        Waiting.untilPassed(
            SOON,
            () -> {
              if (!isCaught()) {
                throw new AssertionError("no such call was made:\n" + program.output());
              }
              return true;
            });
  }

  public boolean isCaught() {
    return caught.getCount() == 0;
  }

  public void release() {
    released.countDown();
  }

  @Override
  public Optional<FaultyApiServer.Answer> at(FaultyApiServer.Call call)
      throws InterruptedException {
    if (which.test(call) && before.getAndDecrement() == 0) {
      caught.countDown();
      released.await();
    }
    return Optional.empty();
  }
}
