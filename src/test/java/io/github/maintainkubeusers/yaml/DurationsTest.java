package io.github.maintainkubeusers.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "60s, PT1M",
    "5m, PT5M",
    "1h30m, PT1H30M",
    "40d, PT960H",
    "0s, PT0S"
  })
  void readsNumbersWithUnits(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "60", "s", "-5s", "1.5h", "5 m", "5M", "30m1h", "1h1h", "9999999999d"})
  void refusesTheRest(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1d1h1m1s1ms", "40d", "90s"})
  void writesWhatItReads(String text) {
    assertThat(Durations.parse(Durations.format(Durations.parse(text))))
        .isEqualTo(Durations.parse(text));
  }

  @Test
  void takesABareNumberForSecondsOnlyWhenAsked() {
    assertThat(Durations.parseOrSeconds("60")).isEqualTo(Duration.ofMinutes(1));
    assertThat(Durations.parseOrSeconds("1h")).isEqualTo(Duration.ofHours(1));
  }
}
