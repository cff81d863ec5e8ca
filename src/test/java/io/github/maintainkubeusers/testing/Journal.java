package io.github.maintainkubeusers.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What fakes were told to do, in order, as "ACTION ACCOUNT ...". A test can let an action fail or
 * wait.
 */
public final class Journal {
  private final List<String> entries = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> interceptors = new CopyOnWriteArrayList<>();

  /**
   * @param interceptor called with each entry before it takes effect; may throw or block
   */
  public void intercept(Consumer<String> interceptor) {
    interceptors.add(interceptor);
  }

  /**
   * @return what lets the action work again
   */
  public Runnable failOn(String prefix, RuntimeException failure) {
    Consumer<String> interceptor =
        entry -> {
          if (entry.startsWith(prefix)) {
            throw failure;
          }
        };
    interceptors.add(interceptor);
    return () -> interceptors.remove(interceptor);
  }

  public void clear() {
    entries.clear();
  }

  public List<String> entries() {
    return List.copyOf(entries);
  }

  public long count(String prefix) {
    return entries.stream().filter(entry -> entry.startsWith(prefix)).count();
  }

  void enter(String entry) {
    entries.add(entry);
    interceptors.forEach(interceptor -> interceptor.accept(entry));
  }
}
