package io.github.maintainkubeusers.report;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.LastingFault;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.Delivery;
import io.github.maintainkubeusers.plan.HomeStep;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.RolloutPriority;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.plan.Versions;
import io.github.maintainkubeusers.testing.TestingCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Accounts in every condition, at a fixed time. */
final class Somebody {
  static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");
  static final String OLD_CA = "a".repeat(64);
  static final String NEW_CA = "b".repeat(64);
  static final String HOSTILE = "</script><img src=x onerror=alert(1)>\u001b[2J\n\u202e";

  private Somebody() {}

  static StatusReport report() {
    List<AccountRow> rows = rows();
    var snapshot =
        new DirectorySnapshot(
            List.of(account(AccountId.tool("well")), account(AccountId.admin("alice"))), List.of(),
            NOW.minusSeconds(2),
                Optional.of(
                    new DirectorySnapshot.Origin(
                        "ldaps://ldap.example.org", Set.of(AccountKind.TOOL, AccountKind.ADMIN))));
    var leader =
        new Leader(
            "maintain-kubeusers-7d4_1", Optional.of(NOW.minusSeconds(3600)), NOW.minusSeconds(3));
    Map<String, Integer> issued = StatusReport.issuers(rows);
    return new StatusReport(
        NOW,
        snapshot,
        Optional.of(leader),
        Optional.of(new LastPass(NOW.minusSeconds(20), "12 accounts in 0.020 s: 11 unchanged")),
        List.of(
            new AuthorityRow(
                OLD_CA,
                true,
                true,
                Optional.of(NOW.plus(Duration.ofDays(100))),
                issued.get(OLD_CA)),
            new AuthorityRow(
                NEW_CA,
                true,
                true,
                Optional.of(NOW.plus(Duration.ofDays(3000))),
                issued.get(NEW_CA))),
        rows,
        List.of("Removals refused: 9 of 12 accounts would lose access, at most 5 may in one pass"));
  }

  private static List<AccountRow> rows() {
    AccountId stale = AccountId.tool("stale");
    AccountId leaving = AccountId.tool("leaving");
    AccountId shared = AccountId.tool("shared");
    AccountId gone = AccountId.tool("gone");
    var held = Held.of(shared, HoldReason.SHARED_UID, "it has user id 1001 as tool other");
    return List.of(
        row(
            AccountId.tool("well"),
            active(OLD_CA, 300),
            plan(AccountId.tool("well"), "", List.of())),
        row(
            AccountId.admin("alice"),
            active(NEW_CA, 364),
            plan(AccountId.admin("alice"), "", List.of())),
        row(
            AccountId.tool("raised"),
            active(NEW_CA, 200),
            kept(plan(AccountId.tool("raised"), "renewal", List.of(new HomeStep.Prepare())))),
        row(stale, active(OLD_CA, -1), waiting(stale)),
        row(leaving, active(OLD_CA, 90), leaving(leaving)),
        row(
            shared,
            active(OLD_CA, 40),
            new Plan(
                new Target.OnHold(shared, held, Optional.empty()),
                "",
                List.of(),
                false,
                RolloutPriority.NONE,
                List.of(),
                Optional.of(new Plan.Obstacle.OnHold(held)))),
        AccountRow.of(
            observed(AccountId.tool("full"), Optional.of(active(OLD_CA, 150)), false),
            plan(AccountId.tool("full"), "", List.of()),
            true,
            Optional.of(
                new LastingFault(
                    NOW.minusSeconds(7200),
                    Optional.of(NOW.plusSeconds(300)),
                    "could not write /data/project/full/.kube/config: no space left")),
            NOW),
        AccountRow.of(
            observed(AccountId.tool("leaked"), Optional.of(active(NEW_CA, 300)), true),
            plan(AccountId.tool("leaked"), "", List.of()),
            true,
            Optional.empty(),
            NOW),
        AccountRow.of(
            observed(AccountId.tool("fresh"), Optional.empty(), false),
            plan(AccountId.tool("fresh"), "new", List.of(new HomeStep.Prepare())),
            true,
            Optional.empty(),
            NOW),
        row(
            AccountId.tool("eager"),
            active(NEW_CA, 250).waiting(true),
            plan(AccountId.tool("eager"), "", List.of())),
        row(
            gone,
            active(OLD_CA, 20).in(AccountState.QUARANTINED, NOW.minusSeconds(60)),
            new Plan(
                new Target.Gone(gone),
                "",
                List.of(),
                false,
                RolloutPriority.NONE,
                List.of(),
                Optional.empty())),
        AccountRow.of(
            new Held(
                AccountKind.TOOL,
                HOSTILE,
                HoldReason.INVALID_NAME,
                "the name " + HOSTILE + " is not an RFC 1123 label")));
  }

  static Account account(AccountId id) {
    return new Account(id, new Uid(1001), new HomePath("/data/project/" + id.name()), false);
  }

  private static AccountRow row(AccountId id, AccountRecord record, Plan plan) {
    return AccountRow.of(
        observed(id, Optional.of(record), false), plan, true, Optional.empty(), NOW);
  }

  /** Of credentials for a year, of which so many days are left. */
  private static AccountRecord active(String issuer, int days) {
    Instant end = NOW.plus(Duration.ofDays(days));
    Instant begin = end.minus(Duration.ofDays(365));
    return AccountRecord.active(
        new Uid(1001),
        new Credential(
            new CredentialId("0".repeat(20)), 3, "c".repeat(64), issuer, "1f", begin, end),
        List.of(),
        begin,
        LastApplied.NONE);
  }

  private static Observed observed(AccountId id, Optional<AccountRecord> record, boolean revoked) {
    AdminFacts facts =
        revoked
            ? AdminFacts.NONE.with(new AdminFacts.Revocation(new CredentialId("0".repeat(20)), NOW))
            : AdminFacts.NONE;
    return new Observed(
        id,
        NamespaceState.READY,
        record.<RecordState>map(RecordState.Known::new).orElseGet(RecordState.None::new),
        facts,
        Optional.empty(),
        Map.of(),
        Map.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Delivery.UNCHECKED,
        Versions.NONE);
  }

  static Plan plan(AccountId id, String why, List<Step> steps) {
    return new Plan(
        new Target.Wanted(account(id), new TestingCatalogue().of(id)),
        why,
        steps,
        false,
        RolloutPriority.NONE,
        List.of(),
        Optional.empty());
  }

  private static Plan kept(Plan plan) {
    return new Plan(
        plan.target(),
        plan.why(),
        plan.steps(),
        false,
        RolloutPriority.NONE,
        List.of(ManagedObject.RESOURCE_QUOTA),
        Optional.empty());
  }

  private static Plan waiting(AccountId id) {
    Plan plan = plan(id, "", List.of());
    return new Plan(
        plan.target(),
        "",
        List.of(),
        false,
        RolloutPriority.NONE,
        List.of(),
        Optional.of(new Plan.Obstacle.Waiting("its namespace is being deleted")));
  }

  private static Plan leaving(AccountId id) {
    return new Plan(
        new Target.Gone(id),
        "quarantined",
        List.of(new ClusterStep.Suspend()),
        true,
        RolloutPriority.NONE,
        List.of(),
        Optional.empty());
  }
}
