package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiCaseTest {
  @ParameterizedTest
  @CsvSource({
    "toolS.x, TOOLs.X, true",
    "a-b_1, A-B_1, true",
    "@[`{, @[`{, true",
    "@, `, false",
    "a, b, false",
    "tool\u017f, tools, false",
    "\u212a, k, false",
    "\u0130, i, false",
    "\u00c4, \u00e4, false"
  })
  void lettersOfAsciiAloneAreTheSameInCapitals(String one, String other, boolean same) {
    assertThat(AsciiCase.equal(one, other)).isEqualTo(same);
    assertThat(AsciiCase.equal(other, one)).isEqualTo(same);
  }

  @Test
  void aPrefixIsComparedInTheSameWay() {
    assertThat(AsciiCase.startsWith("TOOLS.bot", "tools.")).isTrue();
    assertThat(AsciiCase.startsWith("tool\u017f.bot", "tools.")).isFalse();
    assertThat(AsciiCase.startsWith("tool", "tools.")).isFalse();
    assertThat(AsciiCase.startsWith("tool", "")).isTrue();
  }
}
