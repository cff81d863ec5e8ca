package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import com.google.gson.stream.MalformedJsonException;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.util.Watch;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a cache up to date, whatever the API server or a proxy before it answers: resumes the watch
 * when the connection was lost, lists anew after anything else, waits longer from failure to
 * failure, and lists now and then although all seems well, because a missed event is found in no
 * other way.
 */
public final class Reflector<T extends KubernetesObject> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);

  /** When the server is to end a watch, so that a new one is opened. */
  private static final Duration WATCH = Duration.ofMinutes(10);

  /** A watch that lasted for this long worked, even when there was nothing to tell. */
  private static final Duration LASTING = Duration.ofSeconds(30);

  private static final Duration BETWEEN_LISTS = Duration.ofHours(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** An attempt that reaches nothing costs the API server nothing. */
  private static final Duration LONGEST_UNREACHABLE = Duration.ofSeconds(4);

  /** A connection may be lost now and then without a word. */
  private static final int FAILURES_LOGGED = 2;

  private final ObjectCache<T, ?> cache;
  private final ClusterListener listener;
  private final Lock lists;
  private final Runnable reconnected;
  private final Duration firstPause;
  private final Thread thread;
  private volatile boolean closed;
  private int failures;
  private boolean complained;
  private boolean doubtful;
  private boolean unreachable;
  private long nextList = System.nanoTime() + someTime(BETWEEN_LISTS);

  private Reflector(
      ObjectCache<T, ?> cache,
      ClusterListener listener,
      Lock lists,
      Runnable reconnected,
      Duration firstPause) {
    this.cache = requireNonNull(cache, "cache is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.lists = requireNonNull(lists, "lists is null");
    this.reconnected = requireNonNull(reconnected, "reconnected is null");
    this.firstPause = requireNonNull(firstPause, "firstPause is null");
    this.thread =
        Thread.ofVirtual().name("watch-" + cache.resource().plural()).unstarted(this::run);
  }

  /**
   * Begins where the cache's list ended.
   *
   * @param lists held while a reflector lists: one kind at a time
   * @param reconnected called when the connection was lost and works again
   */
  public static <T extends KubernetesObject> Reflector<T> start(
      ObjectCache<T, ?> cache, ClusterListener listener, Lock lists, Runnable reconnected) {
    return start(cache, listener, lists, reconnected, FIRST_PAUSE);
  }

  /**
   * @param firstPause after the first failure in a row
   */
  public static <T extends KubernetesObject> Reflector<T> start(
      ObjectCache<T, ?> cache,
      ClusterListener listener,
      Lock lists,
      Runnable reconnected,
      Duration firstPause) {
    var reflector = new Reflector<>(cache, listener, lists, reconnected, firstPause);
    listener.heard(cache.name());
    reflector.thread.start();
    return reflector;
  }

  /** Ends it; the connection must be closed as well, because a watch waits without looking up. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    boolean listed = true; // by whoever starts it
    while (!closed) {
      try {
        if (!listed) {
          catchUp();
        }
        listed = false;
        if (watch()) {
          worked();
        } else {
          failed("its watch ends as soon as it begins", true);
        }
      } catch (Exception
          | StackOverflowError e) { // the HTTP client throws exceptions that it does not declare
        LOG.debug("{} cannot be followed", cache.name(), e);
        boolean lost = isOfConnection(e);
        unreachable |= lost;
        doubtful |= !lost || isSilence(e);
        failed(e.getMessage() == null ? e.toString() : e.getMessage(), !lost);
      }
    }
  }

  /** Lists anew when the watch cannot go on where it ended, or when it is time. */
  private void catchUp() {
    if (doubtful || System.nanoTime() - nextList >= 0 || cache.haveVersionsGoneBack()) {
      listInTurn();
      doubtful = false;
    }
    if (unreachable) {
      unreachable = false;
      reconnected.run();
    }
  }

  /**
   * Whether it is the connection that fails, and not what comes over it: a watch then goes on where
   * it ended.
   */
  private static boolean isOfConnection(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return cause != null && !(cause instanceof MalformedJsonException);
  }

  /**
   * Whether nothing came over an open watch for so long, not even a bookmark, that it is dead or
   * its version is of the future.
   */
  private static boolean isSilence(Throwable failure) {
    return !(failure instanceof ClusterException)
        && (failure instanceof SocketTimeoutException
            || failure.getCause() instanceof SocketTimeoutException);
  }

  /**
   * Follows one watch to its end, which comes after a while even when all is well.
   *
   * @return whether it was of any use
   */
  private boolean watch() throws IOException {
    long begun = System.nanoTime();
    long before = cache.seen();
    try (Watch<T> stream =
        cache.resource().watch(cache.selection(), before, (int) WATCH.toSeconds())) {
      while (!closed && stream.hasNext()) {
        accept(stream.next());
        listener.heard(cache.name());
        if (failures > 0) {
          worked();
        }
      }
    }
    boolean lasted = System.nanoTime() - begun >= LASTING.toNanos();
    if (lasted) {
      listener.heard(cache.name());
    }
    return lasted || cache.seen() > before;
  }

  private void accept(Watch.Response<T> event) {
    if (event.object == null
        || event.object.getMetadata() == null
        || event.type == null
        || event.type.equals("ERROR")) {
      throw new UnusableEventException(
          event.status == null || event.status.getMessage() == null
              ? "the API server ended its watch"
              : event.status.getMessage());
    }
    cache.accept(event);
  }

  private void listInTurn() {
    lists.lock();
    try {
      cache.load();
    } finally {
      lists.unlock();
    }
    listener.heard(cache.name());
    nextList = System.nanoTime() + someTime(BETWEEN_LISTS);
  }

  private void worked() {
    if (complained && !closed) {
      LOG.info("What is known of {} is up to date again", cache.name());
    }
    complained = false;
    failures = 0;
  }

  /**
   * @param atOnce whether this is worth a word the first time
   */
  private void failed(String why, boolean atOnce) {
    failures++;
    if (!complained && !closed && (atOnce || failures >= FAILURES_LOGGED)) {
      LOG.warn("What is known of {} may be out of date: {}", cache.name(), why);
      complained = true;
    }
    pause();
  }

  private void pause() {
    Duration longest = unreachable ? LONGEST_UNREACHABLE : LONGEST_PAUSE;
    long pause = Math.min(firstPause.toNanos() << Math.min(failures - 1, 10), longest.toNanos());
    try {
      Thread.sleep(Duration.ofNanos(someTime(Duration.ofNanos(pause))));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  /** Between a half and the whole, so that not all come at once. */
  private static long someTime(Duration most) {
    return ThreadLocalRandom.current().nextLong(most.toNanos() / 2, most.toNanos());
  }

  /**
   * An event that tells of nothing that can be taken in: what happened since the last one is not
   * known.
   */
  private static final class UnusableEventException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableEventException(String message) {
      super(message);
    }
  }
}
