package io.github.maintainkubeusers.bench;

import java.util.ArrayList;
import java.util.List;

/** The same things measured with twice as many accounts: what grows faster than they do? */
final class Growth {
  private static final double LIMIT = 2.2;

  private Growth() {}

  /**
   * @param less the rows with fewer accounts, in the order of the others
   */
  static List<Row> between(List<Row> less, List<Row> more) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < more.size(); i++) {
      Row row = more.get(i);
      if (!row.unit().isEmpty()) {
        rows.add(
            Row.beside(
                "growth: " + row.what() + ", beside half as many accounts",
                row.unit(),
                row.figure(),
                less.get(i).figure(),
                new Goal.AtMostTimes(LIMIT)));
      }
    }
    return rows;
  }
}
