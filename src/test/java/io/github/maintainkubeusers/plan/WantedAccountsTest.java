package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.TestingCatalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WantedAccountsTest {
  private static final Catalogue CATALOGUE = new TestingCatalogue();
  private static final AccountId ID = AccountId.tool("a");
  private static final Optional<Uid> UID = Optional.of(new Uid(1001));
  private static final Account ENABLED = ObservedBuilder.account(ID);
  private static final Account LOCKED = new Account(ID, ENABLED.uid(), ENABLED.home(), true);
  private static final Held HELD = Held.of(ID, HoldReason.SHARED_UID, "its user id is shared");
  private static final Held HELD_AND_LOCKED =
      new Held(HELD.kind(), HELD.name(), HELD.reason(), HELD.explanation(), true);
  private static final Held UNNAMED =
      new Held(AccountKind.TOOL, "Odd Name", HoldReason.INVALID_NAME, "it is odd");

  private static final WantedAccounts WANTS = accounts(ENABLED);
  private static final WantedAccounts LOCKS = accounts(LOCKED);
  private static final WantedAccounts HOLDS = onHold(HELD, UID);
  private static final WantedAccounts HOLDS_LOCKED = onHold(HELD_AND_LOCKED, UID);

  @Test
  void wantWhoeverMayBeProvisioned() {
    assertThat(target(WANTS)).isEqualTo(new Target.Wanted(ENABLED, CATALOGUE.of(ID)));
  }

  @Test
  void takeRightsFromWhoeverIsLockedHeldOrNotAndTouchNobodysHomeWhoIsHeld() {
    assertThat(target(LOCKS)).isEqualTo(new Target.Disabled(ID, UID, Optional.of(LOCKED)));
    assertThat(target(HOLDS_LOCKED)).isEqualTo(new Target.Disabled(ID, UID, Optional.empty()));
    assertThat(target(onHold(HELD_AND_LOCKED, Optional.empty())))
        .isEqualTo(new Target.Disabled(ID, Optional.empty(), Optional.empty()));
  }

  @Test
  void holdWhoeverMayNotBeProvisioned() {
    assertThat(target(HOLDS)).isEqualTo(new Target.OnHold(ID, HELD, UID));
  }

  @Test
  void takeRightsFromWhoeverTheyDoNotName() {
    assertThat(target(WantedAccounts.NONE)).isEqualTo(new Target.Gone(ID));
    assertThat(WANTS.target(AccountId.admin("a"), CATALOGUE))
        .isEqualTo(new Target.Gone(AccountId.admin("a")));
  }

  @Test
  void areAsTheReadingThatWantsAnAccountMore() {
    for (WantedAccounts less : List.of(LOCKS, HOLDS_LOCKED, WantedAccounts.NONE)) {
      assertThat(target(WANTS.or(less))).isEqualTo(target(WANTS));
      assertThat(target(less.or(WANTS))).isEqualTo(target(WANTS));
    }
    for (WantedAccounts less : List.of(LOCKS, HOLDS_LOCKED, WantedAccounts.NONE)) {
      assertThat(target(HOLDS.or(less))).isEqualTo(target(HOLDS));
      assertThat(target(less.or(HOLDS))).isEqualTo(target(HOLDS));
    }
  }

  @Test
  void areAsTheReadingThatHoldsAnAccountRatherThanTheOneThatProvisionsIt() {
    assertThat(target(WANTS.or(HOLDS))).isEqualTo(target(HOLDS));
    assertThat(target(HOLDS.or(WANTS))).isEqualTo(target(HOLDS));
  }

  @Test
  void takeRightsOnlyWhenBothReadingsDo() {
    List<WantedAccounts> taking = List.of(LOCKS, HOLDS_LOCKED, WantedAccounts.NONE);
    for (WantedAccounts one : taking) {
      for (WantedAccounts other : taking) {
        assertThat(target(one.or(other)).absence()).isNotEmpty();
      }
    }
  }

  @Test
  void nameAllEntriesThatAreHeld() {
    var wanted =
        new WantedAccounts(
            new TreeMap<>(),
            new TreeMap<>(Map.of(ID, new WantedAccounts.Entry(HELD, UID))),
            List.of(UNNAMED));

    assertThat(wanted.held()).containsExactlyInAnyOrder(HELD, UNNAMED);
    assertThat(wanted.or(WantedAccounts.NONE).unnamed()).containsExactly(UNNAMED);
  }

  @Test
  void knowTheUserIdThatTheDirectoryGives() {
    assertThat(List.of(WANTS, LOCKS, HOLDS, HOLDS_LOCKED))
        .extracting(wanted -> wanted.uid(ID))
        .containsOnly(UID);
    assertThat(WantedAccounts.NONE.uid(ID)).isEmpty();
    assertThat(onHold(HELD, Optional.empty()).uid(ID)).isEmpty();
  }

  private static Target target(WantedAccounts wanted) {
    return wanted.target(ID, CATALOGUE);
  }

  private static WantedAccounts accounts(Account account) {
    return new WantedAccounts(
        new TreeMap<>(Map.of(account.id(), account)), new TreeMap<>(), List.of());
  }

  private static WantedAccounts onHold(Held held, Optional<Uid> uid) {
    return new WantedAccounts(
        new TreeMap<>(), new TreeMap<>(Map.of(ID, new WantedAccounts.Entry(held, uid))), List.of());
  }
}
