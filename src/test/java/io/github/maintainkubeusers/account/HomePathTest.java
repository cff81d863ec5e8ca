package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomePathTest {
  @Test
  void namesEachStepOfTheWay() {
    assertThat(new HomePath("/data/project/fourohfour").components())
        .containsExactly("data", "project", "fourohfour");
    assertThat(new HomePath("/home").components()).containsExactly("home");
    assertThat(new HomePath("/home/größe und mehr").components())
        .containsExactly("home", "größe und mehr");
    assertThat(new HomePath("/.a/a./..a/.../a..").components())
        .containsExactly(".a", "a.", "..a", "...", "a..");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "home/a",
        "./a",
        "~/a",
        "//",
        "/home/",
        "//home",
        "/home//a",
        "/home/./a",
        "/home/../etc",
        "/..",
        "/.",
        "/home/a/..",
        "/home/a\n",
        "/home/\0/a",
        "/home/a\u007f",
        "/home/a\u0085b",
        "/home/a\u2028b",
        "/home/\u202etxt.sh",
        "/home/\ud800"
      })
  void refusesWhatDoesNotNameOnePlaceOrCannotBeShown(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new HomePath(text))
        .withMessageStartingWith("the home " + InvalidValueException.quoted(text) + " ");
  }

  @Test
  void takesWhatTheFilesystemTakesAndNoMore() {
    String component = "/" + "a".repeat(255);

    assertThat(new HomePath(component).components()).hasSize(1);
    assertThat(new HomePath(component.repeat(15) + "/" + "a".repeat(254)).value()).hasSize(4095);
    refuses("/" + "a".repeat(256), "component longer than 255 bytes");
    refuses("/" + "ä".repeat(128), "component longer than 255 bytes");
    refuses(component.repeat(16), "longer than 4095 bytes");
  }

  @Test
  void liesBelowARootByWholeComponents() {
    var root = new HomePath("/data/project");

    assertThat(new HomePath("/data/project/a").isBelow(root)).isTrue();
    assertThat(new HomePath("/data/project/a/b").isBelow(root)).isTrue();
    assertThat(new HomePath("/data/project").isBelow(root)).isFalse();
    assertThat(new HomePath("/data/project2/a").isBelow(root)).isFalse();
    assertThat(new HomePath("/data").isBelow(root)).isFalse();
  }

  /** Whatever is accepted leads nowhere else than where its text says. */
  @Property
  void isPutTogetherAgainFromItsComponents(@ForAll @Chars({'/', '.', 'a', '\n', 'ü'}) String text) {
    try {
      var home = new HomePath("/" + text);
      assertThat("/" + String.join("/", home.components())).isEqualTo(home.value());
      assertThat(home.components()).doesNotContain("", ".", "..");
    } catch (InvalidValueException e) {
      assertThat(e.getMessage()).matches("\\p{ASCII}*").doesNotContain("\n");
    }
  }

  private static void refuses(String text, String fault) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new HomePath(text))
        .withMessageContaining(fault);
  }
}
