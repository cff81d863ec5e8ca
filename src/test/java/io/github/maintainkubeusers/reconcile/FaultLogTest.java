package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.testing.CapturedLog;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultLogTest {
  private final FaultLog faults = new FaultLog();

  @Test
  void tellsEachFaultWhenItStartsOrChanges() {
    try (var log = new CapturedLog()) {
      faults.report("tool a", "tool a: one");
      faults.report("tool a", "tool a: one");
      faults.report("tool b", "tool b: one");
      faults.report("tool a", "tool a: two");
      faults.report("tool a", "tool a: one");

      assertThat(log.messages(Level.WARN))
          .containsExactly("tool a: one", "tool b: one", "tool a: two", "tool a: one");
    }
  }

  @Test
  void tellsTheEndOfAFaultAndOfNothingElse() {
    try (var log = new CapturedLog()) {
      faults.clear("tool a");
      faults.report("tool a", "tool a: one");
      faults.clear("tool a");
      faults.clear("tool a");
      faults.report("tool a", "tool a: one");

      assertThat(log.messages(Level.INFO))
          .containsExactly("tool a: one", "tool a: recovered", "tool a: one");
    }
  }

  @Test
  void takesAFaultThatNamesAnotherSigningRequestForTheSame() {
    try (var log = new CapturedLog()) {
      faults.report(
          "tool a", "tool a: maintain-kubeusers-0123456789abcdef0123456789abcdef was denied");
      faults.report(
          "tool a", "tool a: maintain-kubeusers-fedcba9876543210fedcba9876543210 was denied");

      assertThat(log.messages(Level.WARN)).hasSize(1);
    }
  }

  @Test
  void takesAFaultWithAnotherNumberForTheSame() {
    try (var log = new CapturedLog()) {
      faults.report("directory", "could not read: no answer within 30012 ms");
      faults.report("directory", "could not read: no answer within 30047 ms");
      faults.report("directory", "could not read: the connection was refused");

      assertThat(log.messages(Level.WARN)).hasSize(2);
    }
  }

  @Test
  void endsTheFaultsOfWhoeverIsNoLongerKnown() {
    try (var log = new CapturedLog()) {
      faults.report("tool a", "tool a: one");
      faults.report("tool b", "tool b: one");
      faults.retain(Set.of("tool b"));

      assertThat(log.messages(Level.INFO))
          .contains("tool a: recovered")
          .doesNotContain("tool b: recovered");
    }
  }
}
