package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UidTest {
  @ParameterizedTest
  @CsvSource({"1,1", "52503,52503", "0052503,52503", "2147483647,2147483647"})
  void readsDecimalNumbers(String text, int value) {
    assertThat(Uid.parse(text)).isEqualTo(new Uid(value)).hasToString(Integer.toString(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "000",
        "-1",
        "+1",
        "1.0",
        "1e3",
        " 1",
        "1 ",
        "1\n",
        "0x10",
        "2147483648",
        "9999999999",
        "99999999999999999999",
        "٣",
        "root"
      })
  void refusesWhatIsNoUserIdOfAnAccount(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> Uid.parse(text))
        .withMessage(
            "the user id "
                + InvalidValueException.quoted(text)
                + " is not a number between 1 and 2147483647");
  }

  @Test
  void isNeverRootsOwn() {
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new Uid(0));
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new Uid(-1));
  }
}
