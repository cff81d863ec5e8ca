package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Spaces calls out, so that thousands of new accounts do not crowd out the API server's other
 * clients. What was not used in the last second may be used at once: somebody who waits for new
 * credentials does not wait for this. First come, first served.
 */
final class RateLimit implements Interceptor {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long spacing;
  private final LongSupplier nanoTime;
  private final Sleep sleep;
  private long next;

  RateLimit(int perSecond) {
    this(perSecond, System::nanoTime, Thread::sleep);
  }

  /**
   * @param nanoTime a clock that is never set
   */
  RateLimit(int perSecond, LongSupplier nanoTime, Sleep sleep) {
    if (perSecond < 1) {
      throw new IllegalArgumentException("perSecond must be at least 1: " + perSecond);
    }
    this.spacing = SECOND / perSecond;
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    this.sleep = requireNonNull(sleep, "sleep is null");
    this.next = nanoTime.getAsLong() - SECOND;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    long wait = reserve();
    if (wait > 0) {
      sleep.inCall(Duration.ofNanos(wait), "its turn to call the API server");
    }
    return chain.proceed(chain.request());
  }

  /** Takes the next free moment, and tells how far away it is. */
  private synchronized long reserve() {
    long now = nanoTime.getAsLong();
    long earliest = now - SECOND + spacing;
    long mine = next - earliest < 0 ? earliest : next;
    next = mine + spacing;
    return mine - now;
  }
}
