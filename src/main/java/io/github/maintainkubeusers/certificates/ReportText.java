package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.credential.KeyMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reports for people.
 *
 * @param now by which the time that is left is told
 */
public record ReportText(Instant now) {
  /** What a stranger's certificate could do to a terminal. */
  private static final Pattern UNSHOWABLE =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e]");

  private static final int LONGEST = 300;

  /** Of what is to be said of one: an API server's refusal, and what to do. */
  private static final int LONGEST_STATE = 1000;

  private static final int LONGEST_NAME = 128;
  private static final Pattern GENERATION = Pattern.compile(" \\(gen\\. [0-9]+\\)$");
  private static final int FINGERPRINT_DIGITS = 12;
  private static final String NONE = "-";

  public ReportText {
    requireNonNull(now, "now is null");
  }

  /** A line for each. */
  public List<String> table(List<CertificateReport> reports, boolean wide) {
    var rows = new ArrayList<List<String>>();
    rows.add(
        wide
            ? List.of(
                "KIND",
                "WHAT",
                "ENDS",
                "LEFT",
                "BY",
                "EVIDENCE",
                "FINGERPRINT",
                "SOURCE",
                "SUBJECT",
                "STATE")
            : List.of("KIND", "WHAT", "ENDS", "LEFT", "BY", "STATE"));
    reports.forEach(report -> rows.add(row(report, wide)));
    return aligned(rows);
  }

  /** What a certificate is called in metrics and logs: the same for its successor. */
  public static String name(CertificateReport report) {
    String name =
        report.kind() == CertificateKind.SERVICE
            ? GENERATION.matcher(report.name()).replaceFirst("")
            : report.name();
    return shown(name, LONGEST_NAME);
  }

  /** What is wrong with a certificate and what to do; empty when it is well. */
  public static Optional<String> fault(CertificateReport report) {
    return report.first().map(first -> line(state(first)));
  }

  /** Everything that is known of one. */
  public List<String> details(CertificateReport report) {
    var rows = new ArrayList<List<String>>();
    report
        .facts()
        .ifPresent(
            facts -> {
              add(rows, "subject", facts.subject().orElse(NONE));
              add(rows, "groups", joined(facts.groups()));
              add(rows, "names", joined(facts.names()));
              add(rows, "usages", joined(facts.usages()));
              add(rows, "valid", facts.notBefore() + " to " + facts.notAfter());
              add(rows, "issuer", facts.issuer().orElse(NONE));
              add(rows, "serial", facts.serial());
              add(rows, "sha256", facts.fingerprint());
              add(
                  rows,
                  "key",
                  facts.keyType().orElse(NONE)
                      + ", "
                      + report.key().map(ReportText::key).orElse("private key not looked at"));
            });
    report.authority().ifPresent(authority -> add(rows, "chain", "leads to " + authority));
    report.end().ifPresent(end -> add(rows, "left", left(end)));
    add(rows, "state", report.first().map(Finding::state).orElse(CertificateState.WELL).label());
    report
        .first()
        .ifPresent(
            first -> {
              add(rows, "problem", first.problem());
              add(rows, "remedy", first.remedy());
            });
    report.others().forEach(other -> add(rows, "also", other.problem() + "; " + other.remedy()));
    var lines = new ArrayList<String>();
    lines.add(
        shown(
            report.kind()
                + " "
                + report.name()
                + report.evidence().map(evidence -> " (" + evidence.label() + ")").orElse("")));
    aligned(rows).forEach(line -> lines.add("  " + line));
    return lines;
  }

  private List<String> row(CertificateReport report, boolean wide) {
    Cells cells = cells(report);
    if (!wide) {
      return List.of(
          cells.kind(), cells.name(), cells.ends(), cells.left(), cells.by(), cells.state());
    }
    return List.of(
        cells.kind(),
        cells.name(),
        cells.ends(),
        cells.left(),
        cells.by(),
        report.evidence().map(Evidence::label).orElse(NONE),
        cells.fingerprint(),
        shown(report.source()),
        shown(report.facts().flatMap(CertificateFacts::subject).orElse(NONE)),
        cells.state());
  }

  /**
   * One certificate in a table.
   *
   * @param by its CA
   * @param fingerprint its first digits
   * @param state with problem and remedy, where it is not well
   */
  record Cells(
      String kind,
      String name,
      String ends,
      String left,
      String by,
      String fingerprint,
      String state) {}

  Cells cells(CertificateReport report) {
    return new Cells(
        report.kind().label(),
        shown(report.name()),
        report.end().map(end -> end.toString().substring(0, 10)).orElse(NONE),
        report.end().map(this::left).orElse(NONE),
        shown(report.authority().map(ReportText::commonName).orElse(NONE)),
        report
            .facts()
            .map(facts -> facts.fingerprint().substring(0, FINGERPRINT_DIGITS))
            .orElse(NONE),
        shown(
            report.first().map(ReportText::state).orElse(CertificateState.WELL.label()),
            LONGEST_STATE));
  }

  private String left(Instant end) {
    return Spans.text(Duration.between(now, end));
  }

  private static String state(Finding finding) {
    String label = finding.state().label();
    boolean loud =
        finding.state() == CertificateState.ENDED || finding.state() == CertificateState.BROKEN;
    String word = loud ? label.toUpperCase(Locale.ROOT) : label;
    String problem = finding.problem();
    return (problem.startsWith(label + " ")
            ? word + problem.substring(label.length())
            : word + ": " + problem)
        + "; "
        + finding.remedy();
  }

  private static String key(KeyMatch match) {
    return switch (match) {
      case MATCHES -> "private key matches";
      case OTHER -> "private key DOES NOT MATCH";
      case ENCRYPTED -> "private key under a password";
      case NONE -> "NO private key";
    };
  }

  private static String commonName(String subject) {
    return subject.startsWith("CN=") && !subject.contains(",") ? subject.substring(3) : subject;
  }

  private static String joined(List<String> values) {
    return values.isEmpty() ? NONE : String.join(", ", values);
  }

  private static void add(List<List<String>> rows, String name, String value) {
    rows.add(List.of(name, shown(value, LONGEST_STATE)));
  }

  private static String shown(String text) {
    return shown(text, LONGEST);
  }

  /** A line that a terminal can show, whatever is in it. */
  public static String line(String text) {
    return shown(text, LONGEST_STATE);
  }

  private static String shown(String text, int longest) {
    String line = UNSHOWABLE.matcher(text).replaceAll("?");
    return line.length() > longest ? line.substring(0, longest) + "..." : line;
  }

  /** Columns as wide as their widest cell, the last one apart. */
  static List<String> aligned(List<List<String>> rows) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns - 1; i++) {
        line.append(row.get(i)).append(" ".repeat(2 + width(rows, i) - row.get(i).length()));
      }
      lines.add(line.append(row.getLast()).toString());
    }
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
