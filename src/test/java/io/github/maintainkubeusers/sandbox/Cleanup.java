package io.github.maintainkubeusers.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends everything in the reverse order of its start, once, whoever asks first: the end of the walk
 * or Ctrl-C.
 */
final class Cleanup implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T add(T resource) {
    started.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        System.err.println("could not end something: " + e.getMessage());
      }
    }
  }
}
