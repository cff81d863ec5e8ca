package io.github.maintainkubeusers.telemetry;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections of a server: each ends after a few seconds, and the oldest at once when there are
 * many.
 */
final class OpenConnections implements AutoCloseable {
  private static final int MOST = 500;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Map<Socket, Long> openedAt = new LinkedHashMap<>();
  private final Thread reaper = Thread.ofVirtual().name("http-reaper").start(this::reap);

  void add(Socket socket) {
    List<Socket> oldest = new ArrayList<>();
    synchronized (this) {
      openedAt.put(socket, System.nanoTime());
      if (openedAt.size() > MOST) {
        Socket first = openedAt.keySet().iterator().next();
        openedAt.remove(first);
        oldest.add(first);
      }
    }
    oldest.forEach(OpenConnections::close);
  }

  synchronized void remove(Socket socket) {
    openedAt.remove(socket);
  }

  @Override
  public void close() {
    reaper.interrupt();
    openedBefore(System.nanoTime()).forEach(OpenConnections::close);
  }

  private void reap() {
    try {
      while (true) {
        Thread.sleep(Duration.ofSeconds(1));
        openedBefore(System.nanoTime() - LONGEST.toNanos()).forEach(OpenConnections::close);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Socket> openedBefore(long nanoTime) {
    return openedAt.entrySet().stream()
        .filter(entry -> entry.getValue() - nanoTime <= 0)
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
