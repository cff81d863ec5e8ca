package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RemovalGuardTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final WantedAccounts NOBODY = WantedAccounts.NONE;

  private static final AccountId ADA = AccountId.admin("ada");
  private static final AccountId BOB = AccountId.admin("bob");
  private static final AccountId EVE = AccountId.admin("eve");
  private static final AccountId FOX = AccountId.tool("fox");
  private static final AccountId OWL = AccountId.tool("owl");

  private final RemovalGuard guard = new RemovalGuard(policy(Set.of()));

  @Test
  void letsAFewGo() {
    assertThat(judge(0, 0)).isEqualTo(new RemovalGuard.Verdict.Free());
    assertThat(judge(5, 5)).isEqualTo(new RemovalGuard.Verdict.Free());
  }

  @Test
  void refusesMoreThanAFewOfAFew() {
    assertThat(judge(6, 100))
        .isInstanceOfSatisfying(
            RemovalGuard.Verdict.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("6 of 100 accounts", "at most 5 may", "allow-removals"));
  }

  @Test
  void letsOneInAHundredGoWhereThereAreMany() {
    assertThat(judge(35, 3_500)).isEqualTo(new RemovalGuard.Verdict.Free());
    assertThat(judge(36, 3_500)).isInstanceOf(RemovalGuard.Verdict.Refused.class);
  }

  @Test
  void refusesADirectoryThatHasLostEverybody() {
    assertThat(judge(10_000, 10_000)).isInstanceOf(RemovalGuard.Verdict.Refused.class);
  }

  @Test
  void believesAnAdminWhoAllowsAsMany() {
    RemovalApproval approval = approval(6, NOW.plusSeconds(1));
    assertThat(guard.judge(NOBODY, 6, 100, Optional.of(approval), NOW))
        .isEqualTo(new RemovalGuard.Verdict.Allowed(approval));
  }

  @Test
  void doesNotUseAnApprovalThatIsNotNeeded() {
    assertThat(guard.judge(NOBODY, 3, 100, Optional.of(approval(6, NOW.plusSeconds(1))), NOW))
        .isEqualTo(new RemovalGuard.Verdict.Free());
  }

  @Test
  void doesNotBelieveAnApprovalThatIsOverOrForFewer() {
    assertThat(guard.judge(NOBODY, 6, 100, Optional.of(approval(6, NOW)), NOW))
        .isInstanceOf(RemovalGuard.Verdict.Refused.class);
    assertThat(guard.judge(NOBODY, 7, 100, Optional.of(approval(6, NOW.plusSeconds(1))), NOW))
        .isInstanceOf(RemovalGuard.Verdict.Refused.class);
  }

  @Test
  void refusesEvenOneWhenASentinelIsMissing() {
    var watched = new RemovalGuard(policy(Set.of(new AccountName("sentinel"))));
    var sentinel =
        new Account(
            AccountId.tool("sentinel"),
            new Uid(1001),
            new HomePath("/data/project/sentinel"),
            false);
    var complete =
        new WantedAccounts(
            new TreeMap<>(Map.of(sentinel.id(), sentinel)), new TreeMap<>(), List.of());

    assertThat(watched.judge(NOBODY, 1, 100, Optional.empty(), NOW))
        .isInstanceOfSatisfying(
            RemovalGuard.Verdict.Refused.class,
            refused -> assertThat(refused.reason()).contains("sentinel"));
    assertThat(watched.judge(complete, 1, 100, Optional.empty(), NOW))
        .isEqualTo(new RemovalGuard.Verdict.Free());
  }

  @Test
  void refusesTheEndOfAllToolsOrAdminsWhateverTheBudget() {
    assertThat(judge(Set.of(ADA, BOB, FOX), Set.of(ADA, BOB)))
        .isInstanceOfSatisfying(
            RemovalGuard.Verdict.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("every admin that has access (2)", "allow-removals"));
    assertThat(judge(Set.of(ADA, FOX), Set.of(ADA)))
        .as("the only admin")
        .isInstanceOf(RemovalGuard.Verdict.Refused.class);
    assertThat(judge(Set.of(ADA, FOX, OWL), Set.of(FOX, OWL)))
        .isInstanceOfSatisfying(
            RemovalGuard.Verdict.Refused.class,
            refused -> assertThat(refused.reason()).contains("every tool that has access (2)"));
    assertThat(judge(Set.of(ADA, FOX), Set.of(FOX)))
        .as("the only tool")
        .isEqualTo(new RemovalGuard.Verdict.Free());
    assertThat(judge(Set.of(ADA, BOB, FOX, OWL), Set.of(BOB, OWL)))
        .isEqualTo(new RemovalGuard.Verdict.Free());
  }

  @Test
  void countsNobodyWhoHasNoAccessAsOneWhoStays() {
    var locked = new Account(ADA, new Uid(1001), new HomePath("/home/ada"), true);
    var wanted = new WantedAccounts(new TreeMap<>(Map.of(ADA, locked)), new TreeMap<>(), List.of());

    assertThat(guard.judge(wanted, Set.of(BOB), Set.of(ADA, BOB), Optional.empty(), NOW))
        .isInstanceOf(RemovalGuard.Verdict.Refused.class);
  }

  @Test
  void letsTheOnlyAdminGoWhereAnotherIsToCome() {
    var coming = new Account(BOB, new Uid(1001), new HomePath("/home/bob"), false);
    var wanted = new WantedAccounts(new TreeMap<>(Map.of(BOB, coming)), new TreeMap<>(), List.of());

    assertThat(guard.judge(wanted, Set.of(ADA), Set.of(ADA), Optional.empty(), NOW))
        .isEqualTo(new RemovalGuard.Verdict.Free());
    assertThat(guard.judge(wanted, Set.of(ADA, EVE), Set.of(ADA, EVE), Optional.empty(), NOW))
        .as("a typo brings others in")
        .isInstanceOf(RemovalGuard.Verdict.Refused.class);
  }

  @Test
  void keepsNobodyWhereTheBudgetIsForAll() {
    var free = new RemovalGuard(new RemovalPolicy(false, Duration.ofDays(40), 0, 100, Set.of()));
    assertThat(
            free.judge(NOBODY, Set.of(ADA, FOX, OWL), Set.of(ADA, FOX, OWL), Optional.empty(), NOW))
        .isEqualTo(new RemovalGuard.Verdict.Free());
  }

  @Test
  void believesAnAdminWhoAllowsTheEndOfAll() {
    RemovalApproval approval = approval(2, NOW.plusSeconds(1));
    assertThat(guard.judge(NOBODY, Set.of(FOX, OWL), Set.of(FOX, OWL), Optional.of(approval), NOW))
        .isEqualTo(new RemovalGuard.Verdict.Allowed(approval));
    assertThat(
            guard.judge(
                NOBODY,
                Set.of(FOX, OWL),
                Set.of(FOX, OWL),
                Optional.of(approval(1, NOW.plusSeconds(1))),
                NOW))
        .isInstanceOf(RemovalGuard.Verdict.Refused.class);
  }

  /** All who are known and do not leave are in the directory. */
  private RemovalGuard.Verdict judge(Set<AccountId> known, Set<AccountId> leaving) {
    var accounts = new TreeMap<AccountId, Account>();
    known.stream()
        .filter(id -> !leaving.contains(id))
        .forEach(
            id ->
                accounts.put(
                    id, new Account(id, new Uid(1001), new HomePath("/home/" + id.name()), false)));
    return guard.judge(
        new WantedAccounts(accounts, new TreeMap<>(), List.of()),
        leaving,
        known,
        Optional.empty(),
        NOW);
  }

  private RemovalGuard.Verdict judge(int removals, int provisioned) {
    return guard.judge(NOBODY, removals, provisioned, Optional.empty(), NOW);
  }

  private static RemovalApproval approval(int upTo, Instant until) {
    return new RemovalApproval(upTo, until, "alice", NOW.minusSeconds(60));
  }

  private static RemovalPolicy policy(Set<AccountName> sentinels) {
    return new RemovalPolicy(false, Duration.ofDays(40), 5, 1, sentinels);
  }
}
