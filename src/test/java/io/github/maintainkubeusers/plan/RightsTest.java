package io.github.maintainkubeusers.plan;

import static io.github.maintainkubeusers.plan.ObservedBuilder.groups;
import static io.github.maintainkubeusers.plan.ObservedBuilder.id;
import static io.github.maintainkubeusers.plan.ObservedBuilder.provisioned;
import static io.github.maintainkubeusers.plan.ObservedBuilder.record;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the truth table one by one; RightsTable has them all. */
class RightsTest {
  private static final AccountId TOOL = AccountId.tool("fourohfour");
  private static final Instant SINCE = Instant.parse("2026-11-22T03:50:14Z");
  private static final Instant WITHIN_GRACE = SINCE.plus(Duration.ofMinutes(9));
  private static final Instant LATER = SINCE.plus(Duration.ofDays(1));
  private static final Subject USER = Subject.user("fourohfour");
  private static final CredentialStatus SHOWN =
      new CredentialStatus("user created", "2027-11-22T03:50:14", true);

  /** The directory has the account, and the pass believes what it says. */
  private static final Target WANTED = wanted(1001);

  private static final Target HELD = held(Optional.of(new Uid(1001)));
  private static final Target KEPT = new Target.Kept(TOOL, "too many would lose access");
  private static final Target LOCKED =
      new Target.Disabled(TOOL, Optional.of(new Uid(1001)), Optional.empty());
  private static final Target ABSENT = new Target.Gone(TOOL);

  @ParameterizedTest
  @MethodSource("whoMayHaveRights")
  void belongToTheNewestCredentials(Target target) {
    assertThat(rights(target, active(3), LATER)).containsExactly(id(3));
  }

  @ParameterizedTest
  @MethodSource("whoMayHaveRights")
  void belongToTheCredentialsBeforeUntilTheGracePeriodIsOver(Target target) {
    assertThat(rights(target, active(3), WITHIN_GRACE)).containsExactlyInAnyOrder(id(2), id(3));
    assertThat(rights(target, active(3), SINCE.plus(ObservedBuilder.GRACE))).containsExactly(id(3));
  }

  @ParameterizedTest
  @MethodSource("whoMayHaveRights")
  void belongToTheLastTwoThatWereBoundAfterTheRecordAndToNoneFromBefore(Target target) {
    assertThat(rights(target, active(3, 1, 4, 5, 6), LATER))
        .containsExactlyInAnyOrder(id(3), id(5), id(6));
  }

  @ParameterizedTest
  @MethodSource("everyTarget")
  void belongToNobodyElseWhomABindingNames(Target target) {
    Set<Subject> strangers = new HashSet<>(groups(AccountId.tool("other"), 7));
    strangers.addAll(groups(AccountId.admin("fourohfour"), 7));
    strangers.addAll(
        Set.of(
            Subject.user("other"),
            Subject.user("tool:fourohfour:" + id(7)),
            Subject.group("fourohfour"),
            Subject.group("system:masters"),
            Subject.group("tool:fourohfour:7"),
            new Subject(Subject.Type.OTHER, "tool:fourohfour:" + id(7))));
    for (RecordState record :
        List.of(new RecordState.None(), new RecordState.Unreadable("it is not JSON"))) {
      assertThat(
              rights(
                  target,
                  provisioned(TOOL, 1, SINCE).record(record).withoutStatus().bound(strangers),
                  LATER))
          .isEmpty();
    }
    assertThat(rights(target, provisioned(TOOL, 3, SINCE).bound(strangers), LATER))
        .isSubsetOf(id(3));
  }

  @ParameterizedTest
  @MethodSource("whoLosesRights")
  void endForWhoeverIsLockedOrAbsentRecordedOrNot(Target target) {
    for (ObservedBuilder observed :
        List.of(
            active(3, 2, 3, 7), quarantined(), unrecorded(), legacy(), adopted(), unreadable())) {
      assertThat(rights(target, observed, WITHIN_GRACE)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("everyTarget")
  void endForWhateverWasRevoked(Target target) {
    for (ObservedBuilder observed :
        List.of(
            active(3, 2, 3, 7), quarantined(), unrecorded(), legacy(), adopted(), unreadable())) {
      assertThat(rights(target, observed.revoked(id(9)), WITHIN_GRACE)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("whoMayHaveRights")
  void areNotEndedByARevocationOfWhatWasThereBefore(Target target) {
    assertThat(rights(target, active(3).revoked(id(2)), LATER)).containsExactly(id(3));
  }

  @Test
  void comeBackFromQuarantineOnlyToWhoeverIsWanted() {
    assertThat(rights(WANTED, quarantined(), LATER)).containsExactly(id(3));
    assertThat(rights(HELD, quarantined(), LATER)).isEmpty();
    assertThat(rights(KEPT, quarantined(), LATER)).isEmpty();
  }

  @Test
  void comeBackFromQuarantineToTheNewestAlone() {
    assertThat(rights(WANTED, quarantined().bound(groups(TOOL, 2, 3, 7)), WITHIN_GRACE))
        .containsExactly(id(3));
  }

  @Test
  void doNotComeBackToAnAccountThatNeverHadARecordedCredential() {
    ObservedBuilder never =
        provisioned(TOOL, 1, SINCE)
            .record(AccountRecord.quarantinedUnrecorded(new Uid(1001), SINCE))
            .bound(Set.of(USER));

    assertThat(rights(WANTED, never, LATER)).isEmpty();
  }

  @Test
  void endForTheFormerOwnerOfANameThatTheDirectoryGivesToAnother() {
    for (Target another : List.of(wanted(1002), held(Optional.of(new Uid(1002))))) {
      assertThat(rights(another, active(3, 2, 3, 7), WITHIN_GRACE)).isEmpty();
      assertThat(rights(another, adopted(), WITHIN_GRACE)).isEmpty();
    }
  }

  @Test
  void stayWhenWhoeverIsHeldHasNoValidUserId() {
    assertThat(rights(held(Optional.empty()), active(3), LATER)).containsExactly(id(3));
  }

  @ParameterizedTest
  @MethodSource("whoMayHaveRights")
  void belongToWhatAnEarlierControllerBound(Target target) {
    assertThat(rights(target, legacy(), LATER)).containsExactly(CredentialId.LEGACY);
    assertThat(rights(target, adopted(), LATER)).containsExactly(CredentialId.LEGACY);
  }

  @Test
  void doNotReturnToTheUserOnceOtherCredentialsAreRecorded() {
    ObservedBuilder observed = provisioned(TOOL, 3, SINCE).bound(Set.of(USER));

    assertThat(rights(WANTED, observed, LATER)).containsExactly(id(3));
  }

  @Test
  void belongToTheUserUntilTheGracePeriodOfTheFirstRotationIsOver() {
    var until = new AccountRecord.Previous(CredentialId.LEGACY, SINCE.plus(ObservedBuilder.GRACE));
    ObservedBuilder rotated =
        provisioned(TOOL, 1, SINCE)
            .record(
                AccountRecord.active(
                    new Uid(1001),
                    ObservedBuilder.credential(id(1), 1, SINCE),
                    List.of(until),
                    SINCE,
                    Blueprints.applied(TOOL)));

    assertThat(rights(WANTED, rotated, WITHIN_GRACE))
        .containsExactlyInAnyOrder(id(1), CredentialId.LEGACY);
    assertThat(rights(WANTED, rotated, LATER)).containsExactly(id(1));
  }

  @ParameterizedTest
  @MethodSource("whoMayHaveRights")
  void belongToTheLastTwoThatWereBoundAndNeverRecorded(Target target) {
    assertThat(rights(target, unrecorded(), LATER)).containsExactlyInAnyOrder(id(8), id(9));
  }

  @ParameterizedTest
  @MethodSource("whoMayHaveRights")
  void stayAsTheyAreWhileTheRecordIsUnreadable(Target target) {
    assertThat(rights(target, unreadable(), LATER)).containsExactlyInAnyOrder(id(2), id(3), id(7));
  }

  @Test
  void areOfWhatAnyBindingNames() {
    AccountId admin = AccountId.admin("alice");
    Observed observed =
        provisioned(admin, 3, SINCE)
            .bound(ManagedObject.VIEW_BINDING, groups(admin, 3))
            .bound(ManagedObject.ADMIN_BINDING, groups(admin, 3, 7))
            .build();

    assertThat(
            Rights.of(
                new Target.Wanted(ObservedBuilder.account(admin), Blueprints.of(admin)),
                observed,
                LATER))
        .containsExactlyInAnyOrder(id(3), id(7));
  }

  @Test
  void areGivenToGroupsAndOnlyThoseOfAnEarlierControllerToTheUser() {
    assertThat(Rights.subjects(TOOL, Set.of(id(3), CredentialId.LEGACY)))
        .containsExactlyInAnyOrder(USER, Subject.group("tool:fourohfour:" + id(3)));
  }

  static Stream<Target> whoMayHaveRights() {
    return Stream.of(WANTED, HELD, KEPT);
  }

  static Stream<Target> whoLosesRights() {
    return Stream.of(LOCKED, ABSENT);
  }

  static Stream<Target> everyTarget() {
    return Stream.concat(whoMayHaveRights(), whoLosesRights());
  }

  private static Set<CredentialId> rights(Target target, ObservedBuilder observed, Instant now) {
    return Rights.of(target, observed.build(), now);
  }

  private static Target wanted(int uid) {
    return new Target.Wanted(
        new Account(TOOL, new Uid(uid), ObservedBuilder.account(TOOL).home(), false),
        Blueprints.of(TOOL));
  }

  private static Target held(Optional<Uid> uid) {
    return new Target.OnHold(
        TOOL, Held.of(TOOL, HoldReason.SHARED_UID, "its user id is shared"), uid);
  }

  private static ObservedBuilder active(int number, int... bound) {
    ObservedBuilder active = provisioned(TOOL, number, SINCE);
    return bound.length == 0 ? active : active.bound(groups(TOOL, bound));
  }

  private static ObservedBuilder quarantined() {
    return provisioned(TOOL, 3, SINCE)
        .record(record(3, SINCE).in(AccountState.QUARANTINED, SINCE))
        .bound(groups(TOOL, 3));
  }

  private static ObservedBuilder unrecorded() {
    return provisioned(TOOL, 1, SINCE)
        .record(new RecordState.None())
        .withoutStatus()
        .bound(groups(TOOL, 7, 8, 9));
  }

  private static ObservedBuilder legacy() {
    return provisioned(TOOL, 1, SINCE)
        .record(new RecordState.None())
        .status(SHOWN)
        .bound(Set.of(USER));
  }

  /** Taken over from an earlier controller. */
  private static ObservedBuilder adopted() {
    return provisioned(TOOL, 1, SINCE)
        .record(
            AccountRecord.active(
                new Uid(1001),
                ObservedBuilder.credential(CredentialId.LEGACY, 0, SINCE),
                List.of(),
                SINCE,
                Blueprints.applied(TOOL)))
        .bound(Set.of(USER));
  }

  private static ObservedBuilder unreadable() {
    return provisioned(TOOL, 1, SINCE)
        .record(new RecordState.Unreadable("it is not JSON"))
        .bound(groups(TOOL, 2, 3, 7));
  }
}
