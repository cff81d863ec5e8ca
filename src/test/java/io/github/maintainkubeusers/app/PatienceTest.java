package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Waiting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final StringWriter errors = new StringWriter();

  @Test
  void tellsHowLongItTakesAndTakesThatAway() {
    try (var _ = new Patience(new PrintWriter(errors), "Reading", Duration.ofMillis(10))) {
      Waiting.until("it is told", SOON, () -> errors.toString().contains("Reading ... 0 s"));
    }

    assertThat(errors.toString()).startsWith("\r\u001b[KReading ... 0 s").endsWith("\r\u001b[K");
  }

  @Test
  void tellsNothingOfWhatTakesAMoment() {
    new Patience(new PrintWriter(errors), "Reading", SOON).close();

    assertThat(errors.toString()).isEmpty();
  }

  /** The tests' standard output is no terminal. */
  @Test
  void givesWhatTheWorkGives() {
    assertThat(Patience.during(new PrintWriter(errors), "Reading", () -> 7)).isEqualTo(7);
    assertThat(errors.toString()).isEmpty();
  }
}
