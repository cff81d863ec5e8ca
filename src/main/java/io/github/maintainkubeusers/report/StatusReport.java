package io.github.maintainkubeusers.report;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.DirectorySnapshot;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How everybody is.
 *
 * @param at when it was looked
 * @param directory what it was compared with
 * @param leader empty when nobody leads
 * @param lastPass empty where none is known of
 * @param accounts all of them
 * @param problems what concerns more than one account, as sentences
 */
public record StatusReport(
    Instant at,
    DirectorySnapshot directory,
    Optional<Leader> leader,
    Optional<LastPass> lastPass,
    List<AuthorityRow> authorities,
    List<AccountRow> accounts,
    List<String> problems) {
  public StatusReport {
    requireNonNull(at, "at is null");
    requireNonNull(directory, "directory is null");
    requireNonNull(leader, "leader is null");
    requireNonNull(lastPass, "lastPass is null");
    authorities = List.copyOf(authorities);
    accounts = accounts.stream().sorted(AccountRow.BY_NEED).toList();
    problems = List.copyOf(problems);
  }

  /** How many accounts are in each condition, of those that occur. */
  public SortedMap<Condition, Integer> conditions() {
    var counts = new TreeMap<Condition, Integer>();
    accounts.forEach(row -> counts.merge(row.condition(), 1, Integer::sum));
    return counts;
  }

  /** How many certificates are due in each week, by its Monday. What is overdue is due now. */
  public SortedMap<LocalDate, Integer> renewals() {
    var weeks = new TreeMap<LocalDate, Integer>();
    accounts.stream()
        .flatMap(row -> row.renews().stream())
        .forEach(
            due -> {
              LocalDate day = (due.isBefore(at) ? at : due).atOffset(ZoneOffset.UTC).toLocalDate();
              weeks.merge(
                  day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), 1, Integer::sum);
            });
    return weeks;
  }

  /** How many accounts there is something to be done or to be known of. */
  public long notable() {
    return accounts.stream().filter(row -> !row.notes().isEmpty()).count();
  }

  /** The names, as they were given, of which there is no account. */
  public List<String> unknown(List<String> names) {
    return names.stream()
        .filter(name -> accounts.stream().noneMatch(row -> row.name().equals(name)))
        .toList();
  }

  /** How many certificates each authority has signed. */
  public static Map<String, Integer> issuers(List<AccountRow> accounts) {
    var counts = new TreeMap<String, Integer>();
    accounts.stream()
        .flatMap(row -> row.credential().stream())
        .forEach(credential -> counts.merge(credential.issuer(), 1, Integer::sum));
    return counts;
  }
}
