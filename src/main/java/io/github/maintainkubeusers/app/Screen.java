package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.report.Condition;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command prints to: a terminal of some width, or a file or program, for which nothing is
 * cut or coloured.
 */
final class Screen {
  private static final int USUAL_HEIGHT = 24;

  private Screen() {}

  static int width(CommandLine line) {
    return isTerminal() ? line.getUsageHelpWidth() : Integer.MAX_VALUE;
  }

  /** How many lines the terminal shows now, which is asked of stty; empty when there is none. */
  static OptionalInt height() {
    if (!isTerminal()) {
      return OptionalInt.empty();
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return size.matches("[1-9][0-9]{0,3} [0-9]+\\s*")
          ? OptionalInt.of(Integer.parseInt(size.split(" ", 2)[0]))
          : OptionalInt.of(USUAL_HEIGHT);
    } catch (IOException _) {
      return OptionalInt.of(USUAL_HEIGHT);
    }
  }

  /** Colours the state of an account, unless NO_COLOR is set; picocli knows when. */
  static UnaryOperator<String> paint() {
    return isTerminal() && Ansi.AUTO.enabled() ? Screen::painted : text -> text;
  }

  private static String painted(String state) {
    Condition condition = Condition.parse(state.strip());
    String colour =
        condition.isUnwell() ? "red" : condition == Condition.ACTIVE ? "green" : "yellow";
    return Ansi.ON.string("@|" + colour + " " + state + "|@");
  }

  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
