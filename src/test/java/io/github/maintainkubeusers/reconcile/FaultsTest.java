package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.testing.CapturedLog;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final Faults faults = new Faults();

    @Test
    void tellsEachFaultWhenItStartsOrChanges() {
        try (var log = new CapturedLog()) {
            faults.met("tool a", "tool a: one");
            faults.met("tool a", "tool a: one");
            faults.met("tool b", "tool b: one");
            faults.met("tool a", "tool a: two");
            faults.met("tool a", "tool a: one");

            assertThat(log.messages(Level.WARN)).containsExactly("tool a: one", "tool b: one", "tool a: two",
                    "tool a: one");
        }
    }

    @Test
    void tellsTheEndOfAFaultAndOfNothingElse() {
        try (var log = new CapturedLog()) {
            faults.over("tool a");
            faults.met("tool a", "tool a: one");
            faults.over("tool a");
            faults.over("tool a");
            faults.met("tool a", "tool a: one");

            assertThat(log.messages(Level.INFO)).containsExactly("tool a: one", "tool a: well again", "tool a: one");
        }
    }

    @Test
    void takesAFaultThatNamesAnotherSigningRequestForTheSame() {
        try (var log = new CapturedLog()) {
            faults.met("tool a", "tool a: maintain-kubeusers-0123456789abcdef0123456789abcdef was denied");
            faults.met("tool a", "tool a: maintain-kubeusers-fedcba9876543210fedcba9876543210 was denied");

            assertThat(log.messages(Level.WARN)).hasSize(1);
        }
    }
}
