package io.github.maintainkubeusers.report;

import io.github.maintainkubeusers.account.AccountName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Columns of text. What comes from outside can neither break a line nor say anything to a terminal.
 */
final class TextTable {
  private static final String GAP = "  ";

  /** No valid name is longer; a cell that is longer is cut, unless it is the last of its line. */
  private static final int WIDEST = AccountName.MAX_LENGTH;

  private static final int NARROWEST = 40;

  private final List<String[]> lines = new ArrayList<>();
  private final int width;

  /**
   * @param width of a line; the last column is cut to it
   */
  TextTable(int width, String... headings) {
    this.width = width;
    lines.add(headings);
  }

  void add(String... cells) {
    lines.add(cells);
  }

  /**
   * @param paint for first cells, after they were padded; the heading is not painted
   */
  List<String> lines(UnaryOperator<String> paint) {
    int last = lines.getFirst().length - 1;
    List<String[]> cells = lines.stream().map(line -> shown(line, last)).toList();
    var widths = new int[last];
    cells.forEach(line -> Arrays.setAll(widths, i -> Math.max(widths[i], line[i].length())));
    int rest =
        Math.max(NARROWEST, width - Arrays.stream(widths).map(cell -> cell + GAP.length()).sum());
    var text = new ArrayList<String>();
    for (String[] line : cells) {
      var out = new StringBuilder();
      for (int i = 0; i < last; i++) {
        String padded = line[i] + " ".repeat(widths[i] - line[i].length()) + GAP;
        out.append(i == 0 && !text.isEmpty() ? paint.apply(padded) : padded);
      }
      text.add(out.append(cut(line[last], rest)).toString().stripTrailing());
    }
    return text;
  }

  private static String[] shown(String[] line, int last) {
    var cells = new String[line.length];
    Arrays.setAll(cells, i -> i == last ? clean(line[i]) : cut(clean(line[i]), WIDEST));
    return cells;
  }

  /** Nothing but printable ASCII, so that each character takes one column. */
  static String clean(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return text;
    }
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c >= ' ' && c <= '~') {
                out.appendCodePoint(c);
              } else {
                out.append(String.format("\\u{%x}", c));
              }
            });
    return out.toString();
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }
}
