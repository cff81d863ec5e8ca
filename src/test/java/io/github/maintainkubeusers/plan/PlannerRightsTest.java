package io.github.maintainkubeusers.plan;

import static io.github.maintainkubeusers.plan.ObservedBuilder.groups;
import static io.github.maintainkubeusers.plan.ObservedBuilder.id;
import static io.github.maintainkubeusers.plan.ObservedBuilder.provisioned;
import static io.github.maintainkubeusers.plan.ObservedBuilder.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Uid;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose rights the planner takes and gives, and whom it holds. */
class PlannerRightsTest extends PlannerExpectations {
  @Test
  void takesAwayRightsThatSomebodyElseWasGivenAndGivesThemBackToTheOwner() {
    var intruder =
        Set.of(
            Subject.user("mallory"),
            Subject.group("tool:fourohfour:3"),
            Subject.group("tool:b:1"),
            new Subject(Subject.Type.OTHER, "builder"));

    assertWork(
        plan(provisioned(TOOL, 3, SINCE).bound(intruder).build()),
        "repair",
        remove(ManagedObject.TOOL_BINDING, Set.of()),
        set(TOOL, ManagedObject.TOOL_BINDING, groups(TOOL, 3)));
  }

  @Test
  void keepsTheRightsOfCredentialsThatWereMadeAfterTheRecordAndTakesThoseOfOlderOnes() {
    assertQuiet(plan(provisioned(TOOL, 3, SINCE).bound(groups(TOOL, 3, 7)).build()));
    assertWork(
        plan(provisioned(TOOL, 3, SINCE).bound(groups(TOOL, 1, 3, 5, 6, 7)).build()),
        "repair",
        remove(ManagedObject.TOOL_BINDING, groups(TOOL, 3, 6, 7)));
  }

  @Test
  void keepsTheRightsOfCredentialsWhoseFirstRecordWasNeverWritten() {
    Observed observed =
        provisioned(TOOL, 1, SINCE)
            .record(new RecordState.None())
            .withoutStatus()
            .bound(groups(TOOL, 1))
            .build();

    assertWork(
        plan(observed),
        "new",
        new HomeStep.Prepare(),
        new CredentialStep.Issue(NEXT),
        set(TOOL, ManagedObject.TOOL_BINDING, with(groups(TOOL, 1))),
        new HomeStep.WriteCredentials(),
        recorded(TOOL, 1, Optional.empty()));
  }

  @Test
  void keepsTheUserOfALegacyAccountUntilItsFirstRotationIsOver() {
    var legacy =
        AccountRecord.active(
            new Uid(1001),
            ObservedBuilder.credential(CredentialId.LEGACY, 0, SINCE),
            List.of(),
            SINCE,
            Blueprints.applied(TOOL));
    var adopted =
        provisioned(TOOL, 1, SINCE).record(legacy).bound(Set.of(Subject.user(LEGACY_NAME)));

    assertQuiet(plan(adopted.build()));
    Plan refresh = plan(adopted.withoutStatus().build());
    assertThat(refresh.steps())
        .contains(set(TOOL, ManagedObject.TOOL_BINDING, with(Set.of(Subject.user(LEGACY_NAME)))));
    assertThat(recordDraft(refresh).superseded().orElseThrow().id()).isEqualTo(CredentialId.LEGACY);
    assertWork(
        plan(
            provisioned(TOOL, 1, SINCE)
                .bound(Set.of(Subject.user(LEGACY_NAME), Subject.group(id(1).group(TOOL))))
                .build()),
        "repair",
        remove(ManagedObject.TOOL_BINDING, groups(TOOL, 1)));
  }

  @Test
  void takesRightsFromTheFormerOwnerOfANameAndHoldsTheNewOne() {
    Plan plan = plan(target(1002), provisioned(TOOL, 3, SINCE).build(), context(NOW));

    assertHeld(plan, HoldReason.NAME_REUSED, "user id 1002, but it was provisioned with 1001");
    assertThat(plan.removesAccess()).isTrue();
    assertThat(plan.steps())
        .startsWith(remove(ManagedObject.TOOL_BINDING, Set.of()), new ClusterStep.Suspend())
        .noneMatch(HomeStep.class::isInstance);
  }

  @Test
  void letsTheNewOwnerInWhenAnAdminForgotTheFormer() {
    Plan plan =
        plan(target(1002), provisioned(TOOL, 3, SINCE).forgotten(1001).build(), context(NOW));

    assertThat(plan.why()).isEqualTo("new owner");
    assertThat(plan.steps())
        .startsWith(remove(ManagedObject.TOOL_BINDING, Set.of()))
        .contains(set(TOOL, ManagedObject.TOOL_BINDING, next(TOOL)));
    assertThat(recordDraft(plan).uid()).isEqualTo(new Uid(1002));
    assertThat(recordDraft(plan).superseded()).isEmpty();
  }

  @Test
  void ignoresThatSomebodyElseWasForgotten() {
    assertQuiet(plan(provisioned(TOOL, 3, SINCE).forgotten(1001).build()));
    assertHeld(
        plan(target(1002), provisioned(TOOL, 3, SINCE).forgotten(1003).build(), context(NOW)),
        HoldReason.NAME_REUSED,
        "provisioned with 1001");
  }

  @Test
  void holdsANameThatATombstoneKeepsForAnotherUserId() {
    Observed buried =
        provisioned(TOOL, 1, SINCE)
            .record(new RecordState.None())
            .withoutStatus()
            .bound(Set.of())
            .tombstone(new Tombstone(new Uid(1002), NOW))
            .build();

    assertHeld(plan(buried), HoldReason.NAME_REUSED, "was removed had 1002");
  }

  @Test
  void takesRevokedRightsFirstAndThenIssuesAnew() {
    Plan plan =
        plan(provisioned(TOOL, 3, SINCE).bound(groups(TOOL, 2, 3, 7)).revoked(id(8)).build());

    assertThat(plan.why()).isEqualTo("revoked");
    assertThat(plan.steps())
        .startsWith(remove(ManagedObject.TOOL_BINDING, Set.of()), new HomeStep.Prepare())
        .contains(set(TOOL, ManagedObject.TOOL_BINDING, next(TOOL)));
    assertThat(recordDraft(plan).superseded()).isEmpty();
  }

  @Test
  void ignoresARevocationOfEarlierCredentials() {
    assertQuiet(plan(provisioned(TOOL, 3, SINCE).revoked(id(2)).build()));
  }

  @Test
  void takesRightsFromCredentialsThatAreOlderThanTheHome() {
    Plan plan =
        plan(
            wanted(TOOL),
            provisioned(TOOL, 3, SINCE).build(),
            context(HomeCondition.NEWER_THAN_RECORD));

    assertThat(plan.why()).isEqualTo("the record is older than the home");
    assertThat(plan.steps())
        .startsWith(remove(ManagedObject.TOOL_BINDING, Set.of()))
        .contains(set(TOOL, ManagedObject.TOOL_BINDING, next(TOOL)));
  }

  @Test
  void holdsANameThatHasOtherRights() {
    assertHeld(
        plan(provisioned(TOOL, 3, SINCE).otherRights("ClusterRoleBinding deploy").build()),
        HoldReason.NAME_HAS_OTHER_RIGHTS,
        "ClusterRoleBinding deploy");
    assertHeld(
        plan(withOtherRights(Observed.nothing(TOOL))),
        HoldReason.NAME_HAS_OTHER_RIGHTS,
        "ClusterRoleBinding deploy");
  }

  @Test
  void holdsAToolWhoseNamespaceIsSomebodyElses() {
    assertHeld(
        plan(
            provisioned(TOOL, 3, SINCE)
                .namespace(NamespaceState.FOREIGN)
                .record(new RecordState.None())
                .withoutStatus()
                .bound(Set.of())
                .build()),
        HoldReason.FOREIGN_NAMESPACE,
        "belongs to another owner");
  }

  @Test
  void holdsAnAccountWhoseRecordCannotBeReadAndLeavesItsRights() {
    Plan plan =
        plan(
            provisioned(TOOL, 3, SINCE)
                .record(new RecordState.Unreadable("the record has no uid"))
                .withoutStatus()
                .build());

    assertHeld(plan, HoldReason.UNREADABLE_RECORD, "the record has no uid");
    assertThat(plan.steps()).isEmpty();
  }

  @Test
  void takesRightsThatEndFromWhoeverIsHeldOrKept() {
    Observed observed =
        provisioned(TOOL, 4, SINCE).bound(groups(TOOL, 3, 4)).withoutStatus().build();
    var held = new Held(AccountKind.TOOL, "fourohfour", HoldReason.SHARED_UID, "it is shared");
    for (Target target :
        List.of(
            new Target.OnHold(TOOL, held, Optional.of(new Uid(1001))),
            new Target.Kept(TOOL, "too many"))) {
      assertThat(plan(target, observed, context(NOW)).steps())
          .containsExactly(remove(ManagedObject.TOOL_BINDING, groups(TOOL, 4)));
    }
  }

  @Test
  void doesNotGiveBackWhatWasRevokedInQuarantine() {
    AccountRecord away = record(3, SINCE).in(AccountState.QUARANTINED, SINCE);
    Plan plan =
        plan(
            provisioned(TOOL, 3, SINCE)
                .record(away)
                .bound(Set.of())
                .suspended()
                .revoked(id(8))
                .build());

    assertThat(plan.why()).isEqualTo("revoked");
    assertThat(plan.steps())
        .contains(
            new ClusterStep.Resume(),
            set(TOOL, ManagedObject.TOOL_BINDING, next(TOOL)),
            new HomeStep.Mark(false));
  }
}
