package io.github.maintainkubeusers.app;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value that is asked for when it is needed, and not again; a failure is told again. Threads wait
 * for the one that asks first.
 */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> source;
  private Optional<T> value = Optional.empty();
  private Optional<RuntimeException> failure = Optional.empty();

  Once(Supplier<T> source) {
    this.source = requireNonNull(source, "source is null");
  }

  @Override
  public synchronized T get() {
    failure.ifPresent(
        known -> {
          throw known;
        });
    if (value.isEmpty()) {
      try {
        value = Optional.of(source.get());
      } catch (RuntimeException e) {
        failure = Optional.of(e);
        throw e;
      }
    }
    return value.get();
  }
}
