package io.github.maintainkubeusers.report;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which accounts are shown.
 *
 * @param names of accounts of either kind; empty for all
 * @param conditions empty for all
 * @param kind empty for both
 * @param expiring only those whose certificate ends within this time, or has ended
 * @param notable only those of which there is something to be done or to be known
 */
public record Filter(
    Set<String> names,
    Set<Condition> conditions,
    Optional<AccountKind> kind,
    Optional<Duration> expiring,
    boolean notable) {
  public static final Filter NONE =
      new Filter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), false);

  public Filter {
    names = Set.copyOf(names);
    conditions = Set.copyOf(conditions);
    requireNonNull(kind, "kind is null");
    requireNonNull(expiring, "expiring is null");
  }

  public List<AccountRow> of(StatusReport report) {
    return report.accounts().stream().filter(row -> shows(row, report.at())).toList();
  }

  private boolean shows(AccountRow row, Instant now) {
    return (names.isEmpty() || names.contains(row.name()))
        && (conditions.isEmpty() || conditions.contains(row.condition()))
        && kind.filter(wanted -> wanted != row.kind()).isEmpty()
        && expiring
            .filter(time -> row.ends().filter(end -> !end.isAfter(now.plus(time))).isEmpty())
            .isEmpty()
        && (!notable || !row.notes().isEmpty() || row.condition().isUnwell());
  }
}
