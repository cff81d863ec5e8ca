package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "fourohfour", "a-b", "a--b", "7-eleven", "tool-a", "kube"})
  void takesLabels(String text) {
    assertThat(new AccountName(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "a_b",
        "a.b",
        "-a",
        "a-",
        "-",
        "a b",
        "a\n",
        "größe",
        "a/b",
        "..",
        "a,O=system:masters",
        "tool:a:7"
      })
  void refusesWhatIsNoLabelAndSaysWhatOneIs(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new AccountName(text))
        .withMessageContaining(InvalidValueException.quoted(text))
        .withMessageContaining("RFC 1123");
  }

  @Test
  void refusesAnEmptyName() {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new AccountName(""))
        .withMessage("the name is empty");
  }

  @Test
  void takesAsManyCharactersAsTheNamesMadeOfItHaveRoomFor() {
    String longest = "a".repeat(53);

    assertThat(new AccountName(longest).value()).isEqualTo(longest);
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new AccountName(longest + "a"))
        .withMessageContaining("54 characters, at most 53");
  }

  @Test
  void comesInTheOrderOfItsText() {
    assertThat(new AccountName("a")).isLessThan(new AccountName("b"));
    assertThat(AccountId.tool("b")).isLessThan(AccountId.admin("a"));
    assertThat(AccountId.tool("a"))
        .isLessThan(AccountId.tool("b"))
        .isNotEqualTo(AccountId.admin("a"));
  }
}
