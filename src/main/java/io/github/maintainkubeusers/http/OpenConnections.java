package io.github.maintainkubeusers.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The connections of a server: each ends when a request takes more than a few seconds, or none
 * comes for a while. When there are many, the oldest of those that were never answered gives way,
 * or that which was answered longest ago: of the two kinds, neither is left less than half of all
 * by the other. Those that only hold connections thus displace nobody whom the server knows, and
 * those that have asked once keep no new client out.
 */
final class OpenConnections implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final int most;
  private final Duration idle;

  /** Until when, by {@link System#nanoTime}. */
  private final Map<Socket, Long> unanswered = new LinkedHashMap<>();

  private final Map<Socket, Long> answered = new LinkedHashMap<>();
  private final Thread reaper = Thread.ofVirtual().name("http-reaper").start(this::reap);

  /**
   * @param most how many are open at a time, two or more
   * @param idle how long one that was answered may wait before it asks again
   */
  OpenConnections(int most, Duration idle) {
    this.most = most;
    this.idle = idle;
  }

  void add(Socket socket) {
    Optional<Socket> leaving;
    synchronized (this) {
      unanswered.put(socket, System.nanoTime() + LONGEST.toNanos());
      leaving = unanswered.size() + answered.size() > most ? leave() : Optional.empty();
    }
    leaving.ifPresent(OpenConnections::close);
  }

  /** Never the newest, of which nothing is known yet. */
  private Optional<Socket> leave() {
    Map<Socket, ?> from = unanswered.size() > most / 2 ? unanswered : answered;
    Socket first = from.keySet().iterator().next();
    from.remove(first);
    return Optional.of(first);
  }

  /** It was answered, and may ask again. */
  synchronized void answered(Socket socket) {
    if (unanswered.remove(socket) != null || answered.remove(socket) != null) {
      answered.put(socket, System.nanoTime() + idle.toNanos());
    }
  }

  /** It asks again. */
  synchronized void asking(Socket socket) {
    answered.computeIfPresent(socket, (_, _) -> System.nanoTime() + LONGEST.toNanos());
  }

  synchronized void remove(Socket socket) {
    unanswered.remove(socket);
    answered.remove(socket);
  }

  @Override
  public void close() {
    reaper.interrupt();
    all().forEach(OpenConnections::close);
  }

  private synchronized List<Socket> all() {
    return Stream.concat(unanswered.keySet().stream(), answered.keySet().stream()).toList();
  }

  private void reap() {
    try {
      while (true) {
        Thread.sleep(Duration.ofSeconds(1));
        late(System.nanoTime()).forEach(OpenConnections::close);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Socket> late(long now) {
    return Stream.of(unanswered, answered)
        .flatMap(connections -> connections.entrySet().stream())
        .filter(entry -> now - entry.getValue() >= 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is closed all the same
    }
  }
}
