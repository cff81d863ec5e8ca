package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.maintainkubeusers.plan.Wave;
import io.github.maintainkubeusers.testing.TestClock;
import org.junit.jupiter.api.Test;

class WavesTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T03:50:14Z"));
    private Optional<String> complaint = Optional.empty();
    private final Waves waves = new Waves(60, 600, () -> complaint, clock);

    @Test
    void giveTurnsAtTheirRate() {
        assertThat(take(Wave.ROUTINE, 100)).isEqualTo(60);
        clock.advance(Duration.ofMillis(999));
        assertThat(take(Wave.ROUTINE, 1)).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(take(Wave.ROUTINE, 5)).isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        assertThat(take(Wave.ROUTINE, 100)).as("turns do not pile up").isEqualTo(60);
    }

    @Test
    void doNotTakeEachOthersTurns() {
        take(Wave.ROUTINE, 100);
        assertThat(take(Wave.URGENT, 1000)).isEqualTo(600);
        assertThat(take(Wave.NONE, 10_000)).isEqualTo(10_000);
    }

    @Test
    void stopWhileTheServerIsUnwell() {
        complaint = Optional.of("it is unwell");
        assertThat(waves.obstacle(Wave.ROUTINE)).contains("it is unwell");
        assertThat(waves.take(Wave.URGENT)).contains("it is unwell");
        assertThat(waves.obstacle(Wave.NONE)).isEmpty();
    }

    @Test
    void pauseWhenOneAccountAfterTheOtherFails() {
        for (int i = 0; i < 20; i++) {
            waves.ended(Wave.ROUTINE, i % 4 == 3);
        }
        assertThat(waves.obstacle(Wave.ROUTINE)).as("now and then one fails").isEmpty();
        for (int i = 0; i < 5; i++) {
            waves.ended(Wave.ROUTINE, false);
        }
        assertThat(waves.obstacle(Wave.ROUTINE).orElseThrow()).contains("5 accounts in a row have failed");
        assertThat(waves.obstacle(Wave.URGENT)).isEmpty();

        clock.advance(Duration.ofMinutes(10));
        assertThat(waves.obstacle(Wave.ROUTINE)).isEmpty();
    }

    @Test
    void bringNoTurnsWhenTheClockGoesBack() {
        take(Wave.ROUTINE, 60);
        clock.advance(Duration.ofHours(-1));
        assertThat(take(Wave.ROUTINE, 1)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(take(Wave.ROUTINE, 2)).isEqualTo(1);
    }

    private int take(Wave wave, int attempts) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            taken += waves.take(wave).isEmpty() ? 1 : 0;
        }
        return taken;
    }
}
