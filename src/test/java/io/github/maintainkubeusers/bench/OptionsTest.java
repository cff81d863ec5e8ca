package io.github.maintainkubeusers.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @Test
  void readsWordsAndValues() {
    Options options =
        Options.parse("quiet", "--sizes=10,20", "--rounds=3", "--dir=/dev/shm", "--json");

    assertThat(options.words()).containsExactly("quiet");
    assertThat(options.numbers("sizes", 1)).containsExactly(10, 20);
    assertThat(options.number("rounds", 5)).isEqualTo(3);
    assertThat(options.number("accounts", 300)).isEqualTo(300);
    assertThat(options.text("dir", "/tmp")).isEqualTo("/dev/shm");
    assertThat(options.json()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sizes=x          | --sizes takes numbers above 0, not x
          --sizes=10,        | --sizes takes numbers above 0, not 10,
          --rounds=1,2       | --rounds takes a number above 0, not 1,2
          --minutes=0        | --minutes takes a number above 0, not 0
          --homes=99999999999 | --homes takes a number above 0, not 99999999999
          --size=10          | unknown option --size=10
          --rounds           | unknown option --rounds
          quite              | unknown benchmark quite
          all                | all of them, or only some
          """)
  void namesWhatIsWrongBeforeAnythingIsStarted(String argument, String message) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Options.parse("quiet", argument))
        .withMessage(message);
  }
}
