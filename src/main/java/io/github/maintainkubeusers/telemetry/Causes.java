package io.github.maintainkubeusers.telemetry;

import java.util.Optional;

/** What is behind an exception. */
final class Causes {
  private Causes() {}

  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }
}
