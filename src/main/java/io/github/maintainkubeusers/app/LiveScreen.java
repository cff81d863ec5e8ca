package io.github.maintainkubeusers.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Lines that are shown anew in place. They have the terminal for themselves, which shows what it
 * showed before when they are closed. What is no terminal gets them one after the other.
 */
final class LiveScreen implements AutoCloseable {
  /** The alternate screen, and no cursor. */
  private static final String BEGIN = "\u001b[?1049h\u001b[?25l";

  private static final String END = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String END_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private final PrintWriter out;
  private final Supplier<OptionalInt> height;
  private boolean begun;

  /**
   * @param height of the terminal now; empty when it is none
   */
  LiveScreen(PrintWriter out, Supplier<OptionalInt> height) {
    this.out = requireNonNull(out, "out is null");
    this.height = requireNonNull(height, "height is null");
  }

  void show(List<String> lines) {
    OptionalInt rows = height.get();
    if (rows.isEmpty()) {
      lines.forEach(out::println);
      out.println();
    } else {
      if (!begun) {
        out.print(BEGIN);
        begun = true;
      }
      out.print(HOME);
      List<String> shown = fitting(lines, Math.max(2, rows.getAsInt()));
      out.print(String.join(END_OF_LINE + "\n", shown) + END_OF_LINE + REST_OF_SCREEN);
    }
    out.flush();
  }

  /** What does not fit is counted: those in need come first. */
  private static List<String> fitting(List<String> lines, int rows) {
    if (lines.size() <= rows) {
      return lines;
    }
    var shown = new ArrayList<>(lines.subList(0, rows - 1));
    shown.add("... and " + (lines.size() - rows + 1) + " more lines");
    return shown;
  }

  @Override
  public void close() {
    if (begun) {
      out.print(END);
      out.flush();
    }
  }
}
