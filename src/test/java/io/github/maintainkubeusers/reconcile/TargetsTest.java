package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.plan.WantedAccounts;
import io.github.maintainkubeusers.testing.TestingCatalogue;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final AccountId STAYS = AccountId.tool("stays");
  private static final AccountId GONE = AccountId.tool("gone");
  private static final AccountId OTHER = AccountId.tool("other");

  private final TestingCatalogue catalogue = new TestingCatalogue();
  private final Targets targets = new Targets(catalogue);

  @Test
  void takeNobodysAccessBeforeTheFirstPassHasDecided() {
    assertThat(targets.of(STAYS)).isEqualTo(new Target.Gone(STAYS));
    assertThat(targets.permitted(STAYS))
        .isEqualTo(
            new Target.Kept(STAYS, "the next pass decides whether the directory is believed"));
  }

  @Test
  void areThoseOfTheLastPass() {
    targets.decide(wanted(STAYS, GONE), Set.of());
    assertThat(targets.of(GONE)).isInstanceOf(Target.Wanted.class);

    targets.decide(wanted(STAYS), Set.of(GONE));
    assertThat(targets.of(STAYS)).isEqualTo(new Target.Wanted(account(STAYS), catalogue.of(STAYS)));
    assertThat(targets.of(GONE)).isEqualTo(new Target.Gone(GONE));
  }

  @Test
  void permitARemovalOnlyOfThoseForWhomItWasDecided() {
    targets.decide(wanted(STAYS), Set.of(GONE));

    assertThat(targets.permitted(GONE)).isEqualTo(new Target.Gone(GONE));
    assertThat(targets.permitted(OTHER))
        .isEqualTo(
            new Target.Kept(OTHER, "the next pass decides whether the directory is believed"));
  }

  @Test
  void permitNoneThatWasDecidedInAnEarlierPass() {
    targets.decide(wanted(STAYS), Set.of(GONE));
    targets.decide(wanted(STAYS), Set.of());

    assertThat(targets.permitted(GONE)).isInstanceOf(Target.Kept.class);
  }

  @Test
  void sayWhyRemovalsWereRefusedAndAreNoLongerAfterwards() {
    targets.decide(wanted(STAYS), Set.of(GONE));
    targets.refuse(wanted(STAYS), "6 of 6 accounts would lose access");

    assertThat(targets.permitted(GONE))
        .isEqualTo(new Target.Kept(GONE, "6 of 6 accounts would lose access"));
    assertThat(targets.of(STAYS)).isInstanceOf(Target.Wanted.class);

    targets.decide(wanted(STAYS), Set.of(GONE));
    assertThat(targets.permitted(GONE)).isEqualTo(new Target.Gone(GONE));
  }

  @Test
  void haveTheObjectsOfTheTemplatesThatAreInForce() {
    targets.decide(wanted(STAYS), Set.of());
    Target before = targets.of(STAYS);

    catalogue.allowPods(20);

    assertThat(targets.of(STAYS))
        .isEqualTo(new Target.Wanted(account(STAYS), catalogue.of(STAYS)))
        .isNotEqualTo(before);
  }

  @Test
  void canBeAskedForAnotherReadingWithoutBelievingIt() {
    targets.decide(wanted(STAYS, GONE), Set.of());

    assertThat(targets.of(wanted(STAYS), GONE)).isEqualTo(new Target.Gone(GONE));
    assertThat(targets.of(GONE)).isInstanceOf(Target.Wanted.class);
  }

  private static WantedAccounts wanted(AccountId... ids) {
    var accounts = new TreeMap<AccountId, Account>();
    for (AccountId id : ids) {
      accounts.put(id, account(id));
    }
    return new WantedAccounts(accounts, new TreeMap<>(), List.of());
  }

  private static Account account(AccountId id) {
    return new Account(id, new Uid(1001), new HomePath("/data/project/" + id.name()), false);
  }
}
