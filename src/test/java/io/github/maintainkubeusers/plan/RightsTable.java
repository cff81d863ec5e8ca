package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The truth table of {@link Rights}, as docs/accounts.md shows it: made by asking the program. */
final class RightsTable {
  static final String HEAD = "| directory | cluster | rights | when revoked |";
  private static final AccountId TOOL = AccountId.tool("a");
  private static final Instant SINCE = Instant.parse("2026-11-22T03:50:14Z");
  private static final Instant NOW = SINCE.plus(Duration.ofMinutes(1));
  private static final int SUPERSEDED = 2;
  private static final int NEWEST = 3;
  private static final int UNRECORDED = 7;
  private static final Map<CredentialId, String> NAMES =
      new TreeMap<>(
          Map.of(
              ObservedBuilder.id(NEWEST),
              "newest",
              ObservedBuilder.id(SUPERSEDED),
              "superseded",
              ObservedBuilder.id(UNRECORDED),
              "unrecorded",
              CredentialId.LEGACY,
              "legacy"));

  private RightsTable() {}

  static List<String> lines() {
    var lines = new ArrayList<String>();
    directories()
        .forEach(
            (directory, target) ->
                clusters()
                    .forEach(
                        (cluster, observed) -> {
                          String rights = rights(target, observed);
                          lines.add(
                              "| "
                                  + directory
                                  + " | "
                                  + cluster
                                  + " | "
                                  + rights
                                  + " | "
                                  + rights(target, revoked(observed))
                                  + " |");
                        }));
    return lines.stream().sorted().toList();
  }

  private static Map<String, Target> directories() {
    var account = ObservedBuilder.account(TOOL);
    Held held = Held.of(TOOL, HoldReason.SHARED_UID, "it is shared");
    return Map.of(
        "wanted",
        new Target.Wanted(account, Blueprints.of(TOOL)),
        "wanted, another user id",
        new Target.Wanted(
            new Account(TOOL, new Uid(1002), account.home(), false), Blueprints.of(TOOL)),
        "locked",
        new Target.Disabled(TOOL, Optional.of(account.uid()), Optional.of(account)),
        "absent",
        new Target.Gone(TOOL),
        "held",
        new Target.OnHold(TOOL, held, Optional.of(account.uid())),
        "held, another user id",
        new Target.OnHold(TOOL, held, Optional.of(new Uid(1002))),
        "removal refused",
        new Target.Kept(TOOL, "too many"));
  }

  private static Map<String, ObservedBuilder> clusters() {
    Set<Subject> ours = ObservedBuilder.groups(TOOL, SUPERSEDED, NEWEST, UNRECORDED);
    AccountRecord record = ObservedBuilder.record(NEWEST, SINCE);
    return Map.of(
        "record: active",
        provisioned().bound(ours),
        "record: quarantined",
        provisioned().record(record.in(AccountState.QUARANTINED, SINCE)).bound(ours),
        "record: unreadable",
        provisioned().record(new RecordState.Unreadable("it is not JSON")).bound(ours),
        "no record, legacy",
        provisioned()
            .record(new RecordState.None())
            .status(new CredentialStatus("user created", "2027-11-22T03:50:14", true))
            .bound(Set.of(Subject.user("a"))),
        "no record, unrecorded",
        provisioned()
            .record(new RecordState.None())
            .withoutStatus()
            .bound(ObservedBuilder.groups(TOOL, UNRECORDED)));
  }

  private static ObservedBuilder provisioned() {
    return ObservedBuilder.provisioned(TOOL, NEWEST, SINCE);
  }

  private static ObservedBuilder revoked(ObservedBuilder observed) {
    return observed.revoked(ObservedBuilder.id(UNRECORDED + 1));
  }

  private static String rights(Target target, ObservedBuilder observed) {
    Set<CredentialId> rights = Rights.of(target, observed.build(), NOW);
    return rights.isEmpty()
        ? "none"
        : String.join(
            ", ",
            NAMES.entrySet().stream()
                .filter(entry -> rights.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList());
  }
}
