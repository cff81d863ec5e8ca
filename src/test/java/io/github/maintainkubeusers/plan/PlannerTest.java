package io.github.maintainkubeusers.plan;

import static io.github.maintainkubeusers.plan.ObservedBuilder.account;
import static io.github.maintainkubeusers.plan.ObservedBuilder.groups;
import static io.github.maintainkubeusers.plan.ObservedBuilder.provisioned;
import static io.github.maintainkubeusers.plan.ObservedBuilder.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.account.Upkeep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
    private static final AccountId TOOL = AccountId.tool("fourohfour");
    private static final AccountId ADMIN = AccountId.admin("alice");
    private static final Instant SINCE = Instant.parse("2026-11-22T03:50:14Z");
    private static final Instant NOW = SINCE.plus(Duration.ofDays(1));
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final RefreshLimit LIMIT = new RefreshLimit(3, Duration.ofMinutes(5));
    private static final Planner PLANNER = new Planner(GRACE, LIMIT);

    @Test
    void givesANewToolEverythingInOrder() {
        assertWork(plan(Observed.nothing(TOOL)), "new", new Step.ApplyNamespace(),
                new Step.Create(ManagedObject.RESOURCE_QUOTA), new Step.Create(ManagedObject.LIMIT_RANGE),
                new Step.PrepareHome(), new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 1)), issue(1),
                new Step.WriteHome(), recorded(TOOL, 1, 1));
    }

    @Test
    void givesANewAdminBindingsAndCredentialsButNoNamespace() {
        assertWork(plan(Observed.nothing(ADMIN)), "new", new Step.PrepareHome(),
                new Step.Bind(ManagedObject.VIEW_BINDING, groups(ADMIN, 1)),
                new Step.Bind(ManagedObject.ADMIN_BINDING, groups(ADMIN, 1)), issue(1), new Step.WriteHome(),
                recorded(ADMIN, 1, 1));
    }

    @Test
    void doesNothingForAnAccountThatIsAsItShouldBe() {
        assertQuiet(plan(provisioned(TOOL, 3, SINCE).build()));
        assertQuiet(plan(provisioned(ADMIN, 3, SINCE).build()));
    }

    @Test
    void obeysNothingOfWhatTheOwnerWroteIntoTheMarkerAndPutsItRight() {
        Marker right = Marker.of(AccountKind.TOOL, record(3, 2, SINCE));
        for (Marker wrong : List.of(new Marker("user created", "2999-01-01T00:00:00", true), new Marker("", "", true),
                new Marker("hello", "1999-01-01 rubbish", true),
                new Marker(right.status(), right.expires(), false))) {
            assertWork(plan(provisioned(TOOL, 3, SINCE).marker(wrong).build()), "repair", new Step.WriteMarker(right));
        }
        assertQuiet(plan(provisioned(TOOL, 3, SINCE).marker(right).build()));
    }

    @Test
    void issuesAnewWhenTheOwnerDeletedTheMarkerAndLetsTheOldCredentialsLastMeanwhile() {
        assertWork(plan(provisioned(TOOL, 3, SINCE).withoutMarker().build()), "refresh", new Step.PrepareHome(),
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 3, 4)), issue(4), new Step.WriteHome(),
                refreshed(4, 3, NOW));
    }

    @Test
    void issuesAnewWhenRenewalIsDueAndNotAMomentBefore() {
        Observed observed = provisioned(TOOL, 3, SINCE).build();
        Instant due = Renewal.dueAt(TOOL, record(3, 2, SINCE));

        assertQuiet(plan(PLANNER, account(TOOL), observed, due.minusMillis(1)));
        assertWork(plan(PLANNER, account(TOOL), observed, due), "renewal", new Step.PrepareHome(),
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 3, 4)), issue(4), new Step.WriteHome(),
                recorded(TOOL, 4, 3));
    }

    @Test
    void issuesAnewAlsoLongAfterTheEnd() {
        var plan = plan(PLANNER, account(TOOL), provisioned(TOOL, 3, SINCE).build(), SINCE.plus(Duration.ofDays(4000)));

        assertThat(plan.work()).hasValueSatisfying(work -> assertThat(work.why()).isEqualTo("renewal"));
    }

    @Test
    void letsOldAndNewBothInUntilTheGracePeriodIsOver() {
        var observed = provisioned(TOOL, 4, SINCE).bound(groups(TOOL, 3, 4)).build();

        assertQuiet(plan(PLANNER, account(TOOL), observed, SINCE));
        assertQuiet(plan(PLANNER, account(TOOL), observed, SINCE.plus(GRACE).minusMillis(1)));
        assertWork(plan(PLANNER, account(TOOL), observed, SINCE.plus(GRACE)), "repair",
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 4)));
    }

    @Test
    void endsTheOldRightsAtOnceWithoutAGracePeriod() {
        var observed = provisioned(TOOL, 4, SINCE).bound(groups(TOOL, 3, 4)).build();

        assertWork(plan(new Planner(Duration.ZERO, LIMIT), account(TOOL), observed, SINCE), "repair",
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 4)));
    }

    @Test
    void doesNotProlongTheGracePeriodWhenTheRecordIsOfTheFuture() {
        var observed = provisioned(TOOL, 4, NOW.plus(Duration.ofDays(3))).bound(groups(TOOL, 3, 4)).build();

        assertWork(plan(observed), "repair", new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 4)));
    }

    @Test
    void keepsTheGracePeriodWhenTheClockIsALittleBehindTheRecord() {
        var observed = provisioned(TOOL, 4, NOW.plusSeconds(2)).bound(groups(TOOL, 3, 4)).build();

        assertQuiet(plan(observed));
    }

    @Test
    void endsTheOldestRightsWhenCredentialsAreRefreshedTwiceWithinTheGracePeriod() {
        var observed = provisioned(TOOL, 4, SINCE).bound(groups(TOOL, 3, 4)).withoutMarker().build();

        assertWork(plan(PLANNER, account(TOOL), observed, SINCE.plusSeconds(60)), "refresh", new Step.PrepareHome(),
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 4, 5)), issue(5), new Step.WriteHome(),
                refreshed(5, 4, SINCE.plusSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesAgainWhatIsMissingWithoutNewCredentials(boolean quota) {
        var missing = quota ? ManagedObject.RESOURCE_QUOTA : ManagedObject.LIMIT_RANGE;
        var left = quota ? ManagedObject.LIMIT_RANGE : ManagedObject.RESOURCE_QUOTA;

        assertWork(plan(provisioned(TOOL, 3, SINCE).present(left).build()), "repair", new Step.Create(missing));
    }

    @Test
    void putsLabelsRightFirst() {
        assertWork(plan(provisioned(TOOL, 3, SINCE).namespace(NamespaceState.UNLABELLED).present().build()), "repair",
                new Step.ApplyNamespace(), new Step.Create(ManagedObject.RESOURCE_QUOTA),
                new Step.Create(ManagedObject.LIMIT_RANGE));
    }

    @Test
    void takesAwayRightsThatSomebodyElseWasGiven() {
        var intruder = Set.of(Subject.user("mallory"), Subject.group("tool:fourohfour:3"), Subject.group("tool:b:1"),
                new Subject(Subject.Type.OTHER, "builder"));

        assertWork(plan(provisioned(TOOL, 3, SINCE).bound(intruder).build()), "repair",
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 3)));
    }

    @Test
    void givesBackABindingThatIsGone() {
        assertWork(plan(provisioned(TOOL, 3, SINCE).unbound(ManagedObject.TOOL_BINDING).build()), "repair",
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 3)));
        assertWork(plan(provisioned(ADMIN, 3, SINCE).unbound(ManagedObject.VIEW_BINDING).build()), "repair",
                new Step.Bind(ManagedObject.VIEW_BINDING, groups(ADMIN, 3)));
    }

    @Test
    void neverUsesAGenerationAgainThatABindingNamesWithoutARecordOfIt() {
        var observed = provisioned(TOOL, 3, SINCE).bound(groups(TOOL, 3, 7)).withoutMarker().build();

        assertWork(plan(observed), "refresh", new Step.PrepareHome(),
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 3, 7, 8)), issue(8), new Step.WriteHome(),
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 3, 8)), refreshed(8, 3, NOW));
    }

    @Test
    void takesTheRightsOfAGenerationThatWasNeverRecorded() {
        assertWork(plan(provisioned(TOOL, 3, SINCE).bound(groups(TOOL, 3, 7)).build()), "repair",
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 3)));
    }

    @Test
    void beginsAboveWhatWasBoundWhenTheFirstRecordWasNeverWritten() {
        var observed = provisioned(TOOL, 1, SINCE).record(new RecordState.None()).withoutMarker()
                .bound(groups(TOOL, 1)).build();

        assertWork(plan(observed), "new", new Step.PrepareHome(),
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 1, 2)), issue(2), new Step.WriteHome(),
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 2)), recorded(TOOL, 2, 2));
    }

    @Test
    void looksAtEveryBindingOfAnAdminForGenerationsThatWereGivenOut() {
        var observed = provisioned(ADMIN, 3, SINCE).bound(ManagedObject.ADMIN_BINDING, groups(ADMIN, 3, 9))
                .withoutMarker().build();

        assertThat(plan(observed).work().orElseThrow().steps()).contains(issue(10));
    }

    @Test
    void ignoresUsersWhoseNameLooksLikeAGroupOfTheTool() {
        var observed = provisioned(TOOL, 3, SINCE).bound(Set.of(Subject.user("tool:fourohfour:99"))).withoutMarker()
                .build();

        assertThat(plan(observed).work().orElseThrow().steps()).contains(issue(4));
    }

    @Test
    void keepsTheUserOfAnAdoptedAccountUntilItsFirstRotationIsOver() {
        var adopted = provisioned(TOOL, 1, SINCE).record(record(0, 0, SINCE)).bound(Set.of(Subject.user("fourohfour")));

        assertQuiet(plan(adopted.build()));
        assertWork(plan(adopted.withoutMarker().build()), "refresh", new Step.PrepareHome(),
                new Step.Bind(ManagedObject.TOOL_BINDING,
                        Set.of(Subject.user("fourohfour"), Subject.group("tool:fourohfour:1"))),
                issue(1), new Step.WriteHome(), refreshed(1, 0, NOW));
        assertWork(plan(provisioned(TOOL, 1, SINCE)
                .bound(Set.of(Subject.user("fourohfour"), Subject.group("tool:fourohfour:1"))).build()), "repair",
                new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 1)));
    }

    @Test
    void holdsANameThatHasANewOwner() {
        var newOwner = new Account(TOOL, new Uid(1002), account(TOOL).home(), false);

        var plan = plan(PLANNER, newOwner, provisioned(TOOL, 3, SINCE).withoutMarker().build(), NOW);

        assertHeld(plan, HoldReason.NAME_REUSED, "user id 1002, it was provisioned with 1001");
    }

    @Test
    void replacesWhatWasRevokedAndGivesItNoRightsMeanwhile() {
        AccountRecord revoked = provisioned(TOOL, 3, SINCE).build().record().known().orElseThrow()
                .in(AccountState.REVOKED, NOW);
        assertWork(plan(provisioned(TOOL, 3, SINCE).record(new RecordState.Known(revoked)).bound(Set.of()).build()),
                "revoked", new Step.PrepareHome(), new Step.Bind(ManagedObject.TOOL_BINDING, groups(TOOL, 4)), issue(4),
                new Step.WriteHome(), recorded(TOOL, 4, 4));
    }

    @Test
    void holdsAToolWhoseNamespaceIsSomebodyElses() {
        assertHeld(plan(provisioned(TOOL, 3, SINCE).namespace(NamespaceState.FOREIGN)
                .record(new RecordState.None()).withoutMarker().build()), HoldReason.FOREIGN_NAMESPACE,
                "somebody else's");
    }

    @Test
    void holdsAnAccountWhoseRecordCannotBeRead() {
        assertHeld(plan(provisioned(TOOL, 3, SINCE).record(new RecordState.Unreadable("the record has no uid"))
                .withoutMarker().build()), HoldReason.UNREADABLE_RECORD, "the record has no uid");
    }

    @Test
    void takesOverAnAccountThatAnotherControllerProvisionedAsItIs() {
        Map<String, String> objects = Blueprints.upkeep(TOOL).objects();
        assertWork(plan(foreign()), "taken over", new Step.Adopt(Upkeep.NONE.withObjects(objects)));
        assertWork(plan(PLANNER, account(TOOL), foreign(), HomeCondition.WELL, NOW), "taken over",
                new Step.Adopt(Blueprints.upkeep(TOOL)));
    }

    @Test
    void issuesToAnAccountOfAnotherControllerWhoseCredentialsAreNoUse() {
        AccountPlan plan = plan(PLANNER, account(TOOL), foreign(), HomeCondition.CREDENTIALS_DAMAGED, NOW);

        assertThat(plan.work().orElseThrow().steps()).contains(new Step.Issue(new Generation(1)))
                .noneMatch(Step.Adopt.class::isInstance);
    }

    @Test
    void waitsForANamespaceThatIsBeingDeleted() {
        assertWaits(plan(provisioned(TOOL, 3, SINCE).namespace(NamespaceState.TERMINATING).present().withoutMarker()
                .build()), "its namespace is being deleted");
    }

    @Test
    void doesNothingForADisabledAccount() {
        var disabled = new Account(TOOL, new Uid(1001), account(TOOL).home(), true);

        assertWaits(plan(PLANNER, disabled, Observed.nothing(TOOL), NOW), "disabled");
        assertWaits(plan(PLANNER, disabled, provisioned(TOOL, 3, SINCE).withoutMarker().build(), NOW), "disabled");
    }

    @Test
    void refusesToBeginGenerationsFromTheStartAgain() {
        var observed = provisioned(TOOL, 3, SINCE).bound(groups(TOOL, 999_999_999)).withoutMarker().build();

        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> plan(observed))
                .withMessageContaining("999999999");
    }

    private static AccountPlan plan(Observed observed) {
        return plan(PLANNER, account(observed.id()), observed, NOW);
    }

    private static AccountPlan plan(Planner planner, Account account, Observed observed, Instant now) {
        return plan(planner, account, observed, HomeCondition.UNSEEN, now);
    }

    private static AccountPlan plan(Planner planner, Account account, Observed observed, HomeCondition home,
            Instant now) {
        return planner.plan(account, Blueprints.of(account.id()), observed,
                new Outlook(Blueprints.AUTHORITIES, home, now));
    }

    private static Step issue(int generation) {
        return new Step.Issue(new Generation(generation));
    }

    private static Step recorded(AccountId id, int generation, int previous) {
        return new Step.WriteRecord(new Generation(generation), new Generation(previous), Blueprints.upkeep(id));
    }

    /** After a refresh, which is charged. */
    private static Step refreshed(int generation, int previous, Instant at) {
        return new Step.WriteRecord(new Generation(generation), new Generation(previous),
                Blueprints.upkeep(TOOL).withThrottle(at.plus(LIMIT.interval())));
    }

    /** Everything stands, bound to the user, with no record. */
    private static Observed foreign() {
        return provisioned(TOOL, 1, SINCE).record(new RecordState.None())
                .marker(new Marker("user created", "2027-11-22T03:50:14", true))
                .bound(Set.of(Subject.user(TOOL.name().value()))).build();
    }

    private static void assertWork(AccountPlan plan, String why, Step... steps) {
        assertThat(plan).isEqualTo(new AccountPlan.Work(plan.account(), why, List.of(steps)));
        assertThat(plan.work()).contains((AccountPlan.Work) plan);
    }

    private static void assertQuiet(AccountPlan plan) {
        assertThat(plan).isEqualTo(new AccountPlan.Work(plan.account(), "", List.of()));
        assertThat(plan.work()).isEmpty();
    }

    private static void assertWaits(AccountPlan plan, String reason) {
        assertThat(plan).isInstanceOfSatisfying(AccountPlan.Wait.class,
                wait -> assertThat(wait.reason()).contains(reason));
        assertThat(plan.work()).isEmpty();
    }

    private static void assertHeld(AccountPlan plan, HoldReason reason, String explanation) {
        assertThat(plan).isInstanceOfSatisfying(AccountPlan.Hold.class, hold -> {
            assertThat(hold.held().reason()).isEqualTo(reason);
            assertThat(hold.held().explanation()).contains(explanation);
            assertThat(hold.held().name()).isEqualTo(plan.account().id().name().value());
        });
        assertThat(plan.work()).isEmpty();
    }
}
