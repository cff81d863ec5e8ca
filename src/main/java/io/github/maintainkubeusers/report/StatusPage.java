package io.github.maintainkubeusers.report;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How everybody is, as one page that needs no server and loads nothing. */
public final class StatusPage {
  private static final String TEMPLATE = "status.html";

  private StatusPage() {}

  /**
   * @param shown of the report's accounts
   */
  public static String of(StatusReport report, List<AccountRow> shown) {
    var body = new Html();
    summary(body, report);
    problems(body, report.problems());
    authorities(body, report.authorities());
    renewals(body, report.renewals());
    accounts(body, shown);
    return template().replace("<!--content-->", body.toString());
  }

  private static void summary(Html body, StatusReport report) {
    DirectorySnapshot directory = report.directory();
    body.element(
        "p",
        "At "
            + second(report.at())
            + ". Directory: "
            + directory.origin().map(DirectorySnapshot.Origin::server).orElse("no server")
            + ", "
            + directory.count(AccountKind.TOOL)
            + " tools, "
            + directory.count(AccountKind.ADMIN)
            + " admins. "
            + report
                .leader()
                .map(leader -> "Leader: " + leader.holder() + ".")
                .orElse("There is no leader.")
            + report
                .lastPass()
                .map(pass -> " Last pass: " + second(pass.ended()) + ", " + pass.how() + ".")
                .orElse(""));
    body.open("ul", Map.of("class", "states"));
    report
        .conditions()
        .forEach(
            (condition, count) ->
                body.element(
                    "li", Map.of("class", tone(condition)), count + " " + condition.label()));
    body.close("ul");
  }

  private static void problems(Html body, List<String> problems) {
    if (!problems.isEmpty()) {
      body.open("ul", Map.of("class", "problems"));
      problems.forEach(problem -> body.element("li", problem));
      body.close("ul");
    }
  }

  private static void authorities(Html body, List<AuthorityRow> authorities) {
    long all = authorities.stream().mapToLong(AuthorityRow::certificates).sum();
    body.element("h2", "Certificate authorities").open("table", Map.of());
    headings(body, "CA", "role", "ends", "certificates", "");
    for (AuthorityRow authority : authorities) {
      body.open("tr", Map.of())
          .element("td", authority.shortened())
          .element("td", authority.role())
          .element("td", day(authority.ends()))
          .element("td", Long.toString(authority.certificates()));
      meter(body, authority.certificates(), all);
      body.close("tr");
    }
    body.close("table");
  }

  private static void renewals(Html body, Map<LocalDate, Integer> weeks) {
    long most = weeks.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    body.element("h2", "Renewals by week").open("table", Map.of());
    headings(body, "week of", "certificates", "");
    weeks.forEach(
        (monday, count) -> {
          body.open("tr", Map.of())
              .element("td", monday.toString())
              .element("td", Integer.toString(count));
          meter(body, count, most);
          body.close("tr");
        });
    body.close("table");
  }

  private static void accounts(Html body, List<AccountRow> shown) {
    body.element("h2", "Accounts");
    body.element("label", Map.of("for", "filter"), "Only lines with: ");
    body.empty("input", Map.of("id", "filter", "type", "search"));
    body.element(
        "p",
        Map.of("id", "count", "role", "status"),
        shown.size() + (shown.size() == 1 ? " account" : " accounts"));
    body.open("table", Map.of("id", "accounts"));
    headings(body, "state", "kind", "name", "ends", "renews", "home", "why");
    body.open("tbody", Map.of());
    for (AccountRow row : shown) {
      body.open("tr", Map.of())
          .element("td", Map.of("class", tone(row.condition())), row.condition().label())
          .element("td", row.kind().label())
          .element("td", row.name())
          .element("td", day(row.ends()))
          .element("td", day(row.renews()))
          .element("td", row.home().orElse("-"))
          .element("td", String.join("; ", row.notes()))
          .close("tr");
    }
    body.close("tbody").close("table");
  }

  private static void headings(Html body, String... names) {
    body.open("thead", Map.of()).open("tr", Map.of());
    for (String name : names) {
      body.element(
          name.isEmpty() ? "td" : "th", name.isEmpty() ? Map.of() : Map.of("scope", "col"), name);
    }
    body.close("tr").close("thead");
  }

  private static void meter(Html body, long count, long all) {
    body.open("td", Map.of())
        .element(
            "progress",
            Map.of(
                "max",
                Long.toString(Math.max(all, 1)),
                "value",
                Long.toString(count),
                "aria-label",
                count + " of " + all),
            count + " of " + all)
        .close("td");
  }

  private static String tone(Condition condition) {
    if (condition.isUnwell()) {
      return "bad";
    }
    return condition == Condition.ACTIVE ? "good" : "odd";
  }

  private static String day(Optional<Instant> time) {
    return time.map(moment -> moment.toString().substring(0, 10)).orElse("-");
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String template() {
    try (InputStream in = StatusPage.class.getResourceAsStream(TEMPLATE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the bundled page", e);
    }
  }
}
