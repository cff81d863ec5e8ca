package io.github.maintainkubeusers.account;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class InvalidValueExceptionTest {
  @Test
  void quotesOrdinaryTextAsItIs() {
    assertThat(quoted("uid=a,ou=people")).isEqualTo("\"uid=a,ou=people\"");
    assertThat(quoted("")).isEqualTo("\"\"");
  }

  @Test
  void showsWhatCouldDeceiveOrBreakALineByItsNumber() {
    assertThat(quoted("a\nb\t\"c\" \\ \u001b[31m ü \u202e \ud800"))
        .isEqualTo(
            "\"a\\u{a}b\\u{9}\\u{22}c\\u{22} \\u{5c} \\u{1b}[31m \\u{fc} \\u{202e} \\u{d800}\"");
  }

  @Test
  void cutsOffAfterEightyCharactersAndSaysSo() {
    assertThat(quoted("a".repeat(80))).isEqualTo("\"" + "a".repeat(80) + "\"");
    assertThat(quoted("a".repeat(81))).isEqualTo("\"" + "a".repeat(80) + "...\"");
    assertThat(quoted("\ud83d\ude00".repeat(81)))
        .isEqualTo("\"" + "\\u{1f600}".repeat(80) + "...\"");
  }

  @Property
  void isAlwaysOneBoundedLineOfPrintableCharacters(@ForAll String text) {
    assertThat(quoted(text)).matches("\"[ -~]*\"").hasSizeLessThan(80 * 10 + 6);
  }
}
