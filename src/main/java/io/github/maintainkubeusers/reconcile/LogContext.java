package io.github.maintainkubeusers.reconcile;

import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * What the lines of a log are about, as named values beside their text: the pass and the account.
 * On its end, what was before is again: our own changes are looked at on the thread that makes
 * them.
 *
 * @param before null when there was none
 */
record LogContext(String name, String before) implements AutoCloseable {
  private static final String PASS = "pass";
  private static final String ACCOUNT = "account";

  static LogContext pass(long number) {
    return begin(PASS, Long.toString(number));
  }

  /**
   * @param subject as {@link io.github.maintainkubeusers.account.AccountId} names itself
   */
  static LogContext account(Object subject) {
    return begin(ACCOUNT, subject.toString());
  }

  /** Takes the caller's context along to a thread that ends with the task. */
  static Runnable carried(Runnable task) {
    Map<String, String> context = Optional.ofNullable(MDC.getCopyOfContextMap()).orElse(Map.of());
    return () -> {
      MDC.setContextMap(context);
      task.run();
    };
  }

  @Override
  public void close() {
    if (before == null) {
      MDC.remove(name);
    } else {
      MDC.put(name, before);
    }
  }

  private static LogContext begin(String name, String value) {
    var context = new LogContext(name, MDC.get(name));
    MDC.put(name, value);
    return context;
  }
}
