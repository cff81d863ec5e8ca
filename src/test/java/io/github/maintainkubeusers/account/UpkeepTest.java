package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class UpkeepTest {
    private static final Upkeep UPKEEP = new Upkeep(Optional.of("0123456789abcdef"),
            Map.of("resourcequota", "fedcba9876543210"), Instant.parse("2026-11-22T03:50:14Z"));

    @Test
    void comesBackFromItsEntries() {
        assertThat(Upkeep.fromEntries(UPKEEP.toEntries())).isEqualTo(UPKEEP);
        assertThat(Upkeep.fromEntries(Map.of("uid", "1001"))).as("a record from before it was kept")
                .isEqualTo(Upkeep.NONE);
        assertThat(Upkeep.NONE.toEntries()).isEmpty();
    }

    @Test
    void refusesNonsense() {
        for (Map<String, String> nonsense : java.util.List.of(Map.of("kubeconfig", "x"),
                Map.of("object.quota", "0123456789ABCDEF"), Map.of("throttle", "tomorrow"))) {
            assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Upkeep.fromEntries(nonsense))
                    .withMessageContaining(nonsense.keySet().iterator().next());
        }
    }

    @Test
    void keepsTheKubeconfigThatItKnowsWhereNoOtherIsKnown() {
        assertThat(UPKEEP.withKubeconfig(Optional.empty())).isEqualTo(UPKEEP);
    }
}
