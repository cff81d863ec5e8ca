package io.github.maintainkubeusers.reconcile;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a fault when it starts or changes and when it ends, not each time that it is met. */
final class FaultLog {
  private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
  private final Map<String, String> current = new ConcurrentHashMap<>();

  /**
   * Logs a fault, unless the same was logged before.
   *
   * @param subject whose it is, as in {@code tool fourohfour}
   * @param message names the subject
   */
  void report(String subject, String message) {
    String lasting = FaultText.lasting(message);
    if (!lasting.equals(current.put(subject, lasting))) {
      LOG.warn("{}", message);
    }
  }

  /** True while no fault lasts. */
  boolean isEmpty() {
    return current.isEmpty();
  }

  /** Ends the faults of all subjects but these. */
  void retain(Set<String> subjects) {
    current.keySet().stream()
        .filter(subject -> !subjects.contains(subject))
        .toList()
        .forEach(this::clear);
  }

  void clear(String subject) {
    if (current.remove(subject) != null) {
      LOG.info("{}: recovered", subject);
    }
  }
}
