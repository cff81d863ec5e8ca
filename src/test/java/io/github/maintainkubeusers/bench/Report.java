package io.github.maintainkubeusers.bench;

import com.google.gson.GsonBuilder;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table: for people in Markdown, for keeping in JSON. */
final class Report {
  private final Map<String, String> machine;
  private final List<Row> rows = new ArrayList<>();

  Report(Map<String, String> machine) {
    this.machine = machine;
  }

  void add(List<Row> more) {
    rows.addAll(more);
  }

  /** What is known so far, for whoever waits. */
  static List<Row> told(List<Row> measured) {
    measured.forEach(row -> Progress.say(line(row)));
    return measured;
  }

  boolean isReached() {
    return rows.stream().allMatch(Row::isReached);
  }

  void printMarkdown(PrintStream out) {
    machine.forEach((fact, value) -> out.println("- " + fact + ": " + value));
    out.println();
    out.println("Median (smallest to largest; from 20 figures on, 10 % to 90 %).");
    out.println();
    out.println("| what | this program | reference | ratio | to reach | reached |");
    out.println("|---|---|---|---|---|---|");
    rows.forEach(row -> out.println(line(row)));
  }

  void printJson(PrintStream out) {
    var gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    out.println(
        gson.toJson(Map.of("machine", machine, "rows", rows.stream().map(Report::entry).toList())));
  }

  private static String line(Row row) {
    String reference = row.reference().map(sample -> figures(sample, row.unit())).orElse("");
    String ratio =
        row.reference()
            .map(
                sample ->
                    String.format(Locale.ROOT, "%.2f", row.figure().median() / sample.median()))
            .orElse("");
    boolean goal = !(row.goal() instanceof Goal.None);
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            row.what(),
            figures(row.figure(), row.unit()),
            reference,
            ratio,
            row.goal().words(row.unit()),
            goal ? row.isReached() ? "yes" : "no" : "");
  }

  private static String figures(Sample sample, String unit) {
    return sample.figures().size() == 1
        ? number(sample.median()) + " " + unit
        : number(sample.median())
            + " "
            + unit
            + " ("
            + number(sample.low())
            + " to "
            + number(sample.high())
            + ")";
  }

  /** Three digits that count. */
  private static String number(double value) {
    double size = Math.abs(value);
    String format =
        size >= 100 || value == 0 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  private static Map<String, Object> entry(Row row) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("what", row.what());
    entry.put("unit", row.unit());
    entry.put("median", row.figure().median());
    entry.put("figures", row.figure().figures());
    row.reference()
        .ifPresent(
            sample -> {
              entry.put("referenceMedian", sample.median());
              entry.put("referenceFigures", sample.figures());
            });
    if (!(row.goal() instanceof Goal.None)) {
      entry.put("toReach", row.goal().words(row.unit()));
      entry.put("reached", row.isReached());
    }
    return entry;
  }
}
