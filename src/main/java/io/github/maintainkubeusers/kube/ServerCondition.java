package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import okhttp3.Interceptor;
import okhttp3.Response;

/** How the API server has answered lately. */
final class ServerCondition implements Interceptor {
  private static final Duration LATELY = Duration.ofSeconds(30);
  private static final int REMEMBERED = 50;
  private static final int TOLERATED_FAULTS = 2;
  private static final Duration TOLERATED_LATENCY = Duration.ofSeconds(1);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private Optional<Reading> serverClock = Optional.empty();
  private String lastDate = "";

  private record Answer(Instant at, Duration latency, boolean fault) {}

  /** What the server's clock said, and what the one that never jumps said then. */
  private record Reading(Instant server, long nanoTime) {}

  ServerCondition(InstantSource clock, LongSupplier nanoTime) {
    this.clock = requireNonNull(clock, "clock is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    long start = nanoTime.getAsLong();
    try {
      Response response = chain.proceed(chain.request());
      int code = response.code();
      took(start, code == TOO_MANY_REQUESTS || code >= SERVER_ERROR);
      learn(response);
      return response;
    } catch (IOException e) {
      took(start, true);
      throw e;
    }
  }

  synchronized Optional<String> degradedReason() {
    Instant since = clock.instant().minus(LATELY);
    long faults =
        answers.stream().filter(answer -> answer.at().isAfter(since) && answer.fault()).count();
    if (faults > TOLERATED_FAULTS) {
      return Optional.of(
          "the API server has failed " + faults + " calls within " + LATELY.toSeconds() + " s");
    }
    long slow =
        answers.stream()
            .filter(
                answer ->
                    answer.at().isAfter(since) && answer.latency().compareTo(TOLERATED_LATENCY) > 0)
            .count();
    return slow * 2 > answers.size() && slow > TOLERATED_FAULTS
        ? Optional.of(
            "the API server takes more than " + TOLERATED_LATENCY.toSeconds() + " s for most calls")
        : Optional.empty();
  }

  /**
   * By how much our clock is ahead of the server's, as far as it has told; also when ours has
   * jumped since.
   */
  synchronized Duration clockSkew() {
    return serverClock
        .map(
            reading ->
                Duration.between(
                    reading.server().plusNanos(nanoTime.getAsLong() - reading.nanoTime()),
                    clock.instant()))
        .orElse(Duration.ZERO);
  }

  private synchronized void took(long start, boolean fault) {
    Duration latency = Duration.ofNanos(nanoTime.getAsLong() - start);
    answers.addLast(new Answer(clock.instant(), latency, fault));
    if (answers.size() > REMEMBERED) {
      answers.removeFirst();
    }
  }

  /**
   * The header has whole seconds, so that half of one is the best guess for the rest, and many
   * answers have the same: it is read once.
   */
  private synchronized void learn(Response response) {
    String header = response.header("Date", "");
    if (!header.equals(lastDate)) {
      lastDate = header;
      Date date = response.headers().getDate("Date");
      serverClock =
          Optional.ofNullable(date)
              .map(known -> new Reading(known.toInstant().plusMillis(500), nanoTime.getAsLong()))
              .or(() -> serverClock);
    }
  }
}
