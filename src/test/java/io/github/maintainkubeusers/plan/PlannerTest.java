package io.github.maintainkubeusers.plan;

import static io.github.maintainkubeusers.plan.ObservedBuilder.GRACE;
import static io.github.maintainkubeusers.plan.ObservedBuilder.groups;
import static io.github.maintainkubeusers.plan.ObservedBuilder.id;
import static io.github.maintainkubeusers.plan.ObservedBuilder.provisioned;
import static io.github.maintainkubeusers.plan.ObservedBuilder.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Gid;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the planner gives accounts, and when. */
class PlannerTest extends PlannerExpectations {
  @Test
  void givesANewToolEverythingInOrder() {
    assertWork(
        plan(Observed.nothing(TOOL)),
        "new",
        new ClusterStep.ApplyNamespace(Map.of()),
        create(ManagedObject.RESOURCE_QUOTA),
        create(ManagedObject.LIMIT_RANGE),
        new HomeStep.Prepare(),
        new CredentialStep.Issue(NEXT),
        set(TOOL, ManagedObject.TOOL_BINDING, next(TOOL)),
        new HomeStep.WriteCredentials(),
        recorded(TOOL, 1, Optional.empty()));
  }

  @Test
  void givesANewAdminBindingsAndCredentialsButNoNamespace() {
    assertWork(
        plan(Observed.nothing(ADMIN)),
        "new",
        new HomeStep.Prepare(),
        new CredentialStep.Issue(NEXT),
        set(ADMIN, ManagedObject.VIEW_BINDING, next(ADMIN)),
        set(ADMIN, ManagedObject.ADMIN_BINDING, next(ADMIN)),
        new HomeStep.WriteCredentials(),
        recorded(ADMIN, 1, Optional.empty()));
  }

  @Test
  void doesNothingForAnAccountThatIsAsItShouldBe() {
    assertQuiet(plan(provisioned(TOOL, 3, SINCE).build()));
    assertQuiet(plan(provisioned(ADMIN, 3, SINCE).build()));
  }

  @Test
  void recordsAnotherGroupOfTheDirectory() {
    Account moved =
        new Account(TOOL, new Uid(1001), new Gid(6001), new HomePath("/data/project/x"), false);
    Observed observed = provisioned(TOOL, 3, SINCE).build();
    AccountRecord record = observed.record().known().orElseThrow();

    assertWork(
        plan(new Target.Wanted(moved, Blueprints.of(TOOL)), observed, context(NOW)),
        "rollout",
        new ClusterStep.WriteRecord(record.with(record.applied().withGroupOf(moved))));
  }

  @Test
  void overwritesWhatTheOwnerWroteIntoTheStatus() {
    CredentialStatus right = status(3);
    for (CredentialStatus wrong :
        List.of(
            new CredentialStatus("user created", "2999-01-01T00:00:00", true),
            new CredentialStatus("", "", true),
            new CredentialStatus("hello", "1999-01-01 rubbish", true),
            new CredentialStatus(right.status(), right.expires(), false))) {
      assertWork(
          plan(provisioned(TOOL, 3, SINCE).status(wrong).build()),
          "repair",
          new ClusterStep.WriteStatus(right));
    }
    assertQuiet(plan(provisioned(TOOL, 3, SINCE).status(right).build()));
  }

  /** Who writes a megabyte into it again and again keeps no turn from others. */
  @Test
  void correctingWhatTheOwnerDidToTheStatusCanWait() {
    CredentialStatus right = status(3);
    assertThat(priority(new CredentialStatus(right.status(), right.expires(), false)))
        .isEqualTo(RolloutPriority.REPAIR);
    assertThat(priority(new CredentialStatus("an older text", right.expires(), true)))
        .isEqualTo(RolloutPriority.NONE);
  }

  private static RolloutPriority priority(CredentialStatus found) {
    return plan(provisioned(TOOL, 3, SINCE).status(found).build()).priority();
  }

  @Test
  void issuesAnewWhenTheOwnerDeletedTheStatusAndKeepsTheOldRightsMeanwhile() {
    assertWork(
        plan(provisioned(TOOL, 3, SINCE).withoutStatus().build()),
        "refresh",
        new HomeStep.Prepare(),
        new CredentialStep.Issue(NEXT),
        set(TOOL, ManagedObject.TOOL_BINDING, with(groups(TOOL, 3))),
        new HomeStep.WriteCredentials(),
        refreshed(4, 3));
  }

  @Test
  void issuesAnewWhenRenewalIsDueAndNotAMomentBefore() {
    Observed observed = provisioned(TOOL, 3, SINCE).build();
    Instant due = Renewal.dueAt(TOOL, record(3, SINCE).credential().orElseThrow());

    assertQuiet(plan(wanted(TOOL), observed, context(due.minusMillis(1))));
    assertWork(
        plan(wanted(TOOL), observed, context(due)),
        "renewal",
        new HomeStep.Prepare(),
        new CredentialStep.Issue(NEXT),
        set(TOOL, ManagedObject.TOOL_BINDING, with(groups(TOOL, 3))),
        new HomeStep.WriteCredentials(),
        recorded(TOOL, 4, Optional.of(3)));
  }

  @Test
  void issuesAnewAlsoLongAfterTheEnd() {
    Plan plan =
        plan(
            wanted(TOOL),
            provisioned(TOOL, 3, SINCE).build(),
            context(SINCE.plus(Duration.ofDays(4000))));

    assertThat(plan.why()).isEqualTo("renewal");
  }

  @Test
  void issuesWhatWasSignedBeforeAndCouldNotBeWritten() {
    var kept = new PlanContext.KeptCredentials(id(500), new Uid(1001));

    assertThat(plan(wanted(TOOL), Observed.nothing(TOOL), context(NOW, kept)).steps())
        .contains(new CredentialStep.Issue(id(500)));
  }

  @Test
  void doesNotGiveANewOwnerWhatWasSignedForAnother() {
    var kept = new PlanContext.KeptCredentials(id(500), new Uid(1002));

    assertThat(plan(wanted(TOOL), Observed.nothing(TOOL), context(NOW, kept)).steps())
        .contains(new CredentialStep.Issue(NEXT));
  }

  @Test
  void letsOldAndNewBothInUntilTheGracePeriodIsOver() {
    Observed observed = provisioned(TOOL, 4, SINCE).bound(groups(TOOL, 3, 4)).build();

    assertQuiet(plan(wanted(TOOL), observed, context(SINCE)));
    assertQuiet(plan(wanted(TOOL), observed, context(SINCE.plus(GRACE).minusMillis(1))));
    assertWork(
        plan(wanted(TOOL), observed, context(SINCE.plus(GRACE))),
        "repair",
        remove(ManagedObject.TOOL_BINDING, groups(TOOL, 4)));
  }

  @Test
  void doesNotProlongTheGracePeriodWhenTheRecordIsOfTheFuture() {
    Observed observed =
        provisioned(TOOL, 4, NOW.plus(Duration.ofDays(3))).bound(groups(TOOL, 3, 4)).build();

    assertWork(plan(observed), "repair", remove(ManagedObject.TOOL_BINDING, groups(TOOL, 4)));
  }

  @Test
  void keepsTheGracePeriodWhenTheClockIsALittleBehindTheRecord() {
    assertQuiet(plan(provisioned(TOOL, 4, NOW.plusSeconds(2)).bound(groups(TOOL, 3, 4)).build()));
  }

  @Test
  void endsTheOldestRightsWhenCredentialsAreRefreshedTwiceWithinTheGracePeriod() {
    Observed observed =
        provisioned(TOOL, 4, SINCE).bound(groups(TOOL, 3, 4)).withoutStatus().build();
    Plan plan = plan(wanted(TOOL), observed, context(SINCE.plusSeconds(60)));

    assertThat(recordDraft(plan).superseded().orElseThrow().id()).isEqualTo(id(4));
    assertThat(recordDraft(plan).lasting()).isEmpty();
  }

  @Test
  void
      keepsCredentialsThatAnUnreadableKubeconfigMayHoldAsLongAsTheyLiveUnlessTheirOwnerWantsOthers() {
    var lasting = new AccountRecord.Previous(id(2), NOW.plus(Duration.ofDays(200)));
    var record =
        new AccountRecord(
            new Uid(1001),
            Optional.of(ObservedBuilder.credential(id(3), 3, SINCE)),
            List.of(lasting),
            SINCE,
            AccountState.ACTIVE,
            false,
            Blueprints.applied(TOOL),
            Optional.empty(),
            List.of());
    ObservedBuilder observed = provisioned(TOOL, 3, SINCE).record(record).bound(groups(TOOL, 2, 3));

    assertQuiet(plan(observed.build()));
    assertThat(
            recordDraft(
                    plan(
                        wanted(TOOL), observed.build(), context(HomeCondition.CREDENTIALS_DAMAGED)))
                .lasting())
        .containsExactly(lasting);
    assertThat(recordDraft(plan(observed.withoutStatus().build())).lasting()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void createsAgainWhatIsMissingWithoutNewCredentials(boolean quota) {
    var missing = quota ? ManagedObject.RESOURCE_QUOTA : ManagedObject.LIMIT_RANGE;
    var left = quota ? ManagedObject.LIMIT_RANGE : ManagedObject.RESOURCE_QUOTA;

    assertWork(plan(provisioned(TOOL, 3, SINCE).present(left).build()), "repair", create(missing));
  }

  @Test
  void correctsLabelsFirst() {
    assertWork(
        plan(provisioned(TOOL, 3, SINCE).namespace(NamespaceState.UNLABELLED).present().build()),
        "repair",
        new ClusterStep.ApplyNamespace(Map.of()),
        create(ManagedObject.RESOURCE_QUOTA),
        create(ManagedObject.LIMIT_RANGE));
  }

  @Test
  void waitsForANamespaceThatIsBeingDeleted() {
    Plan plan =
        plan(
            provisioned(TOOL, 3, SINCE)
                .namespace(NamespaceState.TERMINATING)
                .present()
                .withoutStatus()
                .build());

    assertThat(plan.obstacle())
        .contains(new Plan.Obstacle.Waiting("its namespace is being deleted"));
    assertThat(plan.steps()).isEmpty();
  }

  @Test
  void saysWhyAKubeconfigCouldNotBeWrittenAndTriesAgain() {
    AccountRecord record = record(3, SINCE).with(Blueprints.applied(TOOL).withoutKubeconfig());
    Observed observed = provisioned(TOOL, 3, SINCE).record(record).build();
    var told =
        new PlanContext(
            Blueprints.CAS,
            HomeCondition.UNCHECKED,
            Optional.of("line 3"),
            Optional.empty(),
            NOW,
            _ -> NEXT);

    assertWork(
        plan(wanted(TOOL), observed, told),
        "repair",
        new ClusterStep.WriteStatus(
            CredentialStatus.of(
                AccountKind.TOOL, record.credential().orElseThrow(), Optional.of("line 3"))),
        new HomeStep.Prepare(),
        new HomeStep.WriteKubeconfig(),
        new ClusterStep.WriteRecord(record.with(Blueprints.applied(TOOL))));
  }

  @Test
  void takesOverAnAccountThatAnEarlierControllerProvisionedAsItIs() {
    LastApplied applied = Blueprints.applied(TOOL);
    assertWork(
        plan(legacy()),
        "taken over",
        new CredentialStep.Adopt(),
        new CredentialStep.RecordCredentials(
            new RecordDraft(
                new Uid(1001),
                0,
                Optional.empty(),
                List.of(),
                LastApplied.NONE.withObjects(applied.objects()))));
    assertWork(
        plan(wanted(TOOL), legacy(), context(HomeCondition.INTACT)),
        "taken over",
        new CredentialStep.Adopt(),
        new CredentialStep.RecordCredentials(
            new RecordDraft(new Uid(1001), 0, Optional.empty(), List.of(), applied)));
  }

  @Test
  void issuesToALegacyAccountWhoseCredentialsAreNoUseOrRevoked() {
    assertThat(plan(wanted(TOOL), legacy(), context(HomeCondition.CREDENTIALS_DAMAGED)).steps())
        .contains(new CredentialStep.Issue(NEXT))
        .doesNotContain(new CredentialStep.Adopt());
    Plan revoked =
        plan(
            provisioned(TOOL, 1, SINCE)
                .record(new RecordState.None())
                .status(status(1))
                .bound(Set.of(Subject.user(LEGACY_NAME)))
                .revoked(id(1))
                .build());
    assertThat(revoked.why()).isEqualTo("revoked");
    assertThat(revoked.steps()).startsWith(remove(ManagedObject.TOOL_BINDING, Set.of()));
  }

  @Test
  void givesBackABindingThatIsGone() {
    assertWork(
        plan(provisioned(TOOL, 3, SINCE).unbound(ManagedObject.TOOL_BINDING).build()),
        "repair",
        set(TOOL, ManagedObject.TOOL_BINDING, groups(TOOL, 3)));
    assertWork(
        plan(provisioned(ADMIN, 3, SINCE).unbound(ManagedObject.VIEW_BINDING).build()),
        "repair",
        set(ADMIN, ManagedObject.VIEW_BINDING, groups(ADMIN, 3)));
  }

  @Test
  void givesEverythingBackToWhoeverReturnsAndTouchesTheHomeLast() {
    AccountRecord away =
        record(3, SINCE).with(Blueprints.applied(TOOL)).in(AccountState.QUARANTINED, SINCE);
    Observed observed =
        provisioned(TOOL, 3, SINCE).record(away).bound(Set.of()).suspended().build();

    assertWork(
        plan(observed),
        "restored",
        set(TOOL, ManagedObject.TOOL_BINDING, groups(TOOL, 3)),
        new ClusterStep.Resume(),
        new ClusterStep.WriteRecord(away.in(AccountState.ACTIVE, NOW)),
        new HomeStep.Mark(false));
  }
}
