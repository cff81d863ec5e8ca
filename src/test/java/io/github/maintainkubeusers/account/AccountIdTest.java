package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class AccountIdTest {
  @Test
  void isTheSameForTheSameKindAndName() {
    assertThat(new AccountId(AccountKind.TOOL, new AccountName("ab")))
        .isEqualTo(AccountId.tool("ab"))
        .hasSameHashCodeAs(AccountId.tool("ab"));
    assertThat(AccountId.tool("ab"))
        .isNotEqualTo(AccountId.admin("ab"))
        .isNotEqualTo(AccountId.tool("ac"))
        .isNotEqualTo(null)
        .isNotEqualTo("tool ab");
  }

  @Test
  void isEqualForOneKindAndName() {
    assertThat(AccountId.of(AccountKind.TOOL, "once"))
        .isEqualTo(AccountId.tool("once"))
        .isNotEqualTo(AccountId.of(AccountKind.ADMIN, "once"));
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> AccountId.tool("No"));
    assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> AccountId.tool("No"));
  }

  @Test
  void isOrderedByKindAndThenByName() {
    assertThat(AccountId.tool("b"))
        .isGreaterThan(AccountId.tool("a"))
        .isLessThan(AccountId.admin("a"))
        .isEqualByComparingTo(AccountId.tool("b"));
  }
}
