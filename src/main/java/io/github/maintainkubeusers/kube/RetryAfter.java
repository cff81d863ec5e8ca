package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Waits when an overloaded API server says for how long, and asks again. Runs on the caller's
 * virtual thread, which may wait; a caller that has waited long enough gets the server's answer.
 */
final class RetryAfter implements Interceptor {
  static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final Sleep sleep;

  RetryAfter() {
    this(Thread::sleep);
  }

  RetryAfter(Sleep sleep) {
    this.sleep = requireNonNull(sleep, "sleep is null");
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Duration waited = Duration.ZERO;
    while (true) {
      Response response = chain.proceed(chain.request());
      Optional<Duration> pause = pause(response);
      if (pause.isEmpty() || waited.plus(pause.get()).compareTo(LONGEST) > 0) {
        return response;
      }
      response.close();
      sleep.inCall(pause.get(), "the API server");
      waited = waited.plus(pause.get());
    }
  }

  /** The whole seconds of the header: Kubernetes never sends the form with a date. */
  private static Optional<Duration> pause(Response response) {
    boolean busy = response.code() == TOO_MANY_REQUESTS || response.code() == UNAVAILABLE;
    String header = response.header("Retry-After", "");
    return busy && header.matches("[0-9]{1,4}")
        ? Optional.of(Duration.ofSeconds(Math.max(1, Integer.parseInt(header))))
        : Optional.empty();
  }
}
