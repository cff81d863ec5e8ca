package io.github.maintainkubeusers.report;

import static java.util.stream.Collectors.joining;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** The status of every account as text: a summary and a table. */
public final class StatusText {
  private static final int WEEKS = 8;

  private final int width;
  private final boolean wide;
  private final UnaryOperator<String> paint;

  /**
   * @param width of a line; what is longer is cut, unless it is wide
   * @param paint for the states of accounts
   */
  public StatusText(int width, boolean wide, UnaryOperator<String> paint) {
    this.width = wide ? Integer.MAX_VALUE : width;
    this.wide = wide;
    this.paint = paint;
  }

  /**
   * @param shown of the report's accounts
   */
  public List<String> lines(StatusReport report, List<AccountRow> shown) {
    var lines = new ArrayList<String>();
    lines.add(accounts(report));
    lines.add(directory(report.directory()));
    lines.add(report.leader().map(StatusText::leader).orElse("Leader: none"));
    report.lastPass().map(StatusText::lastPass).ifPresent(lines::add);
    authorities(report, lines);
    renewals(report.renewals(), lines);
    report.problems().forEach(problem -> lines.add(TextTable.clean(problem)));
    if (!shown.isEmpty()) {
      lines.add("");
      lines.addAll(table(shown));
    }
    return lines;
  }

  private static String accounts(StatusReport report) {
    String counts =
        report.conditions().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().label())
            .collect(joining(", "));
    return "Accounts: "
        + report.accounts().size()
        + (counts.isEmpty() ? "" : " (" + counts + ")")
        + ", "
        + report.notable()
        + " with something to do or to know";
  }

  private static String directory(DirectorySnapshot directory) {
    String server = directory.origin().map(DirectorySnapshot.Origin::server).orElse("no server");
    return "Directory: "
        + TextTable.clean(server)
        + ", read "
        + second(directory.readAt())
        + ": "
        + directory.count(AccountKind.TOOL)
        + " tools, "
        + directory.count(AccountKind.ADMIN)
        + " admins";
  }

  private static String leader(Leader leader) {
    return "Leader: "
        + TextTable.clean(leader.holder())
        + leader.since().map(since -> ", since " + second(since)).orElse("")
        + ", renewed "
        + second(leader.renewed());
  }

  private static String lastPass(LastPass pass) {
    return "Last pass: " + second(pass.ended()) + ", " + TextTable.clean(pass.how());
  }

  private static void authorities(StatusReport report, List<String> lines) {
    long all = report.authorities().stream().mapToLong(AuthorityRow::certificates).sum();
    for (AuthorityRow authority : report.authorities()) {
      lines.add(
          "CA "
              + authority.shortened()
              + " "
              + Bar.part(authority.certificates(), all)
              + " "
              + authority.certificates()
              + " of "
              + all
              + " certificates, "
              + authority.role()
              + authority.ends().map(end -> ", ends " + end).orElse(""));
    }
  }

  private static void renewals(SortedMap<LocalDate, Integer> weeks, List<String> lines) {
    if (weeks.isEmpty()) {
      return;
    }
    int most = weeks.values().stream().limit(WEEKS).mapToInt(Integer::intValue).max().orElse(0);
    int later = weeks.values().stream().skip(WEEKS).mapToInt(Integer::intValue).sum();
    lines.add("Renewals, by the week's Monday:");
    weeks.entrySet().stream()
        .limit(WEEKS)
        .forEach(
            week ->
                lines.add(
                    "  "
                        + week.getKey()
                        + " "
                        + Bar.of(week.getValue(), most)
                        + " "
                        + week.getValue()));
    if (later > 0) {
      lines.add("  later: " + later);
    }
  }

  private List<String> table(List<AccountRow> shown) {
    var table =
        wide
            ? new TextTable(
                width,
                "STATE",
                "KIND",
                "NAME",
                "ENDS",
                "RENEWS",
                "GENERATION",
                "CA",
                "SINCE",
                "HOME",
                "WHY")
            : new TextTable(width, "STATE", "KIND", "NAME", "ENDS", "RENEWS", "HOME", "WHY");
    for (AccountRow row : shown) {
      String state = row.condition().label();
      String kind = row.kind().label();
      String home = row.home().orElse("-");
      String why = String.join("; ", row.notes());
      if (wide) {
        table.add(
            state,
            kind,
            row.name(),
            moment(row.ends()),
            moment(row.renews()),
            row.credential().map(newest -> Integer.toString(newest.number())).orElse("-"),
            row.credential().map(Credential::issuer).map(AuthorityRow::shortened).orElse("-"),
            moment(row.since()),
            home,
            why);
      } else {
        table.add(state, kind, row.name(), day(row.ends()), day(row.renews()), home, why);
      }
    }
    return table.lines(paint);
  }

  private static String day(Optional<Instant> time) {
    return time.map(moment -> moment.toString().substring(0, 10)).orElse("-");
  }

  private static String moment(Optional<Instant> time) {
    return time.map(StatusText::second).orElse("-");
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
