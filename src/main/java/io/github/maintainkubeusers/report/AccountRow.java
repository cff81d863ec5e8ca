package io.github.maintainkubeusers.report;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.LastingFault;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Renewal;
import io.github.maintainkubeusers.plan.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How one account is.
 *
 * @param name as the directory gives it, which need not be valid
 * @param credential the newest that are recorded
 * @param renews when they are due for renewal
 * @param home as the directory has it; empty where it has none that is valid
 * @param since when the record's state or credentials changed
 * @param fault what the controller could not do for it
 * @param notes what there is to know of it, the gravest first; empty when there is nothing
 */
public record AccountRow(
    Condition condition,
    AccountKind kind,
    String name,
    Optional<Credential> credential,
    Optional<Instant> renews,
    Optional<String> home,
    Optional<Instant> since,
    Optional<LastingFault> fault,
    List<String> notes) {
  /** What is unwell first, then those that end first. */
  static final Comparator<AccountRow> BY_NEED =
      comparing(AccountRow::condition)
          .thenComparing(row -> row.notes().isEmpty())
          .thenComparing(row -> row.ends().orElse(Instant.MAX))
          .thenComparing(AccountRow::kind)
          .thenComparing(AccountRow::name);

  public AccountRow {
    requireNonNull(condition, "condition is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    requireNonNull(credential, "credential is null");
    requireNonNull(renews, "renews is null");
    requireNonNull(home, "home is null");
    requireNonNull(since, "since is null");
    requireNonNull(fault, "fault is null");
    notes = List.copyOf(notes);
  }

  /**
   * @param plan what is to be done for it
   * @param refused the pass would not take away what the plan takes away
   */
  public static AccountRow of(
      Observed observed, Plan plan, boolean refused, Optional<LastingFault> fault, Instant now) {
    AccountId id = observed.id();
    Optional<AccountRecord> record = observed.record().known();
    Optional<Credential> credential = record.flatMap(AccountRecord::credential);
    return new AccountRow(
        conditionOf(observed, plan, refused, fault.isPresent(), now),
        id.kind(),
        id.name().value(),
        credential,
        credential.filter(_ -> hasAccess(record.get())).map(newest -> Renewal.dueAt(id, newest)),
        home(plan.target()),
        record.map(AccountRecord::since),
        fault,
        notes(plan, refused, fault));
  }

  /** An entry of the directory whose name is not that of an account. */
  public static AccountRow of(Held held) {
    return new AccountRow(
        Condition.HELD,
        held.kind(),
        held.name(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(words(held)));
  }

  public Optional<Instant> ends() {
    return credential.map(Credential::notAfter);
  }

  private static Condition conditionOf(
      Observed observed, Plan plan, boolean refused, boolean fails, Instant now) {
    Optional<AccountRecord> record = observed.record().known();
    if (record
        .filter(AccountRow::hasAccess)
        .flatMap(AccountRecord::credential)
        .filter(newest -> !now.isBefore(newest.notAfter()))
        .isPresent()) {
      return Condition.EXPIRED;
    }
    if (plan.obstacle().filter(Plan.Obstacle.OnHold.class::isInstance).isPresent()) {
      return Condition.HELD;
    }
    if (isRefused(plan, refused)) {
      return Condition.REMOVAL_REFUSED;
    }
    if (record.flatMap(AccountRecord::credentialId).filter(observed.facts()::revoke).isPresent()) {
      return Condition.REVOKED;
    }
    if (fails) {
      return Condition.FAILING;
    }
    return record
        .map(
            known ->
                switch (known.state()) {
                  case ACTIVE -> Condition.ACTIVE;
                  case REFRESH_DELAYED -> Condition.REFRESH_DELAYED;
                  case QUARANTINED -> Condition.QUARANTINED;
                })
        .orElse(Condition.UNRECORDED);
  }

  private static boolean hasAccess(AccountRecord record) {
    return switch (record.state()) {
      case ACTIVE, REFRESH_DELAYED -> true;
      case QUARANTINED -> false;
    };
  }

  private static boolean isRefused(Plan plan, boolean refused) {
    return (refused && plan.removesAccess())
        || plan.obstacle().filter(Plan.Obstacle.RemovalRefused.class::isInstance).isPresent();
  }

  private static List<String> notes(Plan plan, boolean refused, Optional<LastingFault> fault) {
    var notes = new ArrayList<String>();
    fault.map(AccountRow::words).ifPresent(notes::add);
    String absence = plan.target().absence();
    if (!absence.isEmpty()) {
      notes.add(absence);
    }
    plan.obstacle()
        .ifPresent(
            obstacle ->
                notes.add(
                    switch (obstacle) {
                      case Plan.Obstacle.Waiting(String reason) -> "waits: " + reason;
                      case Plan.Obstacle.OnHold(Held held) -> words(held);
                      case Plan.Obstacle.RemovalRefused(String reason) ->
                          "removal refused: " + reason;
                    }));
    if (!plan.steps().isEmpty()) {
      notes.add("to do: " + plan.why() + (refused && plan.removesAccess() ? ", refused" : ""));
    }
    if (!plan.kept().isEmpty()) {
      notes.add("changed by hand and kept: " + plan.kept());
    }
    return notes;
  }

  private static String words(LastingFault fault) {
    return "fails since "
        + fault.since().truncatedTo(ChronoUnit.SECONDS)
        + ", next try "
        + fault.next().map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("soon")
        + ": "
        + fault.cause();
  }

  private static String words(Held held) {
    return held.reason().label() + ": " + held.explanation();
  }

  private static Optional<String> home(Target target) {
    return switch (target) {
      case Target.Wanted(Account account, _) ->
          Optional.of(account)
              .filter(found -> found.id().kind().hasHome())
              .map(found -> found.home().toString());
      case Target.Disabled disabled -> disabled.account().map(account -> account.home().toString());
      case Target.Gone _, Target.OnHold _, Target.Kept _ -> Optional.empty();
    };
  }
}
