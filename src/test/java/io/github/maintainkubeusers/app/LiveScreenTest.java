package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
  private final StringWriter out = new StringWriter();

  @Test
  void aTerminalShowsTheNewLinesInPlaceOfTheOldAndThenWhatItShowedBefore() {
    try (var screen = new LiveScreen(new PrintWriter(out), () -> OptionalInt.of(24))) {
      screen.show(List.of("one", "two"));
      screen.show(List.of("three"));
    }

    assertThat(out.toString().replace('\u001b', '^'))
        .isEqualTo("^[?1049h^[?25l^[Hone^[K\ntwo^[K^[J^[Hthree^[K^[J^[?25h^[?1049l");
  }

  @Test
  void whatDoesNotFitIsCounted() {
    try (var screen = new LiveScreen(new PrintWriter(out), () -> OptionalInt.of(3))) {
      screen.show(List.of("1", "2", "3", "4", "5"));
    }

    assertThat(out.toString()).contains("1", "2", "... and 3 more lines").doesNotContain("3\u001b");
  }

  @Test
  void aFileGetsOneAfterTheOther() {
    try (var screen = new LiveScreen(new PrintWriter(out), OptionalInt::empty)) {
      screen.show(List.of("one"));
      screen.show(List.of("two"));
    }

    assertThat(out).hasToString("one\n\ntwo\n\n");
  }
}
