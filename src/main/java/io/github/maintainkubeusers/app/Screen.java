package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.report.Condition;
import java.io.Console;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command prints to: a terminal of some width, or a file or program, for which nothing is
 * cut or coloured.
 */
final class Screen {
  private Screen() {}

  static int width(CommandLine line) {
    return isTerminal() ? line.getUsageHelpWidth() : Integer.MAX_VALUE;
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

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
