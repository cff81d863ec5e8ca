package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Uid;
import org.junit.jupiter.api.Test;

class DeparturePlannerTest {
    private static final AccountId TOOL = AccountId.tool("leaving");
    private static final AccountId ADMIN = AccountId.admin("leaving");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration RETENTION = Duration.ofDays(40);

    @Test
    void takesAToolsRightsFirstThenItsPodsAndRecordsThatLast() {
        DeparturePlan plan = plan(vanished(TOOL), active(TOOL));
        assertThat(plan.takesAway()).isTrue();
        assertThat(plan.steps()).containsExactly(new DepartureStep.Withdraw(ManagedObject.TOOL_BINDING),
                new DepartureStep.Block(), new DepartureStep.DeletePods(), new DepartureStep.RecordQuarantine());
    }

    @Test
    void tellsTheOwnerOfADisabledToolByAFile() {
        assertThat(plan(disabled(TOOL), active(TOOL)).steps()).contains(new DepartureStep.MarkDisabled());
    }

    @Test
    void doesNotCountWhoOnlyWaitsForTheHomeToAnswer() {
        DeparturePlan plan = plan(disabled(TOOL), observed(TOOL, record(), Set.of(), true));
        assertThat(plan.takesAway()).isFalse();
        assertThat(plan.steps()).containsExactly(new DepartureStep.MarkDisabled(),
                new DepartureStep.RecordQuarantine());
    }

    @Test
    void takesBothBindingsOfAnAdmin() {
        assertThat(plan(vanished(ADMIN), active(ADMIN)).steps()).containsExactlyInAnyOrder(
                new DepartureStep.Withdraw(ManagedObject.VIEW_BINDING),
                new DepartureStep.Withdraw(ManagedObject.ADMIN_BINDING), new DepartureStep.RecordQuarantine());
    }

    @Test
    void hasNothingToDoForWhoeverIsInQuarantine() {
        DeparturePlan plan = plan(vanished(TOOL), quarantined(TOOL, NOW.minusSeconds(60), Set.of(), true));
        assertThat(plan.takesAway()).isFalse();
        assertThat(plan.steps()).isEmpty();
    }

    @Test
    void takesAgainWhatSomebodyGaveBackByHand() {
        DeparturePlan plan = plan(vanished(TOOL),
                quarantined(TOOL, NOW.minusSeconds(60), Set.of(Subject.group("tool:leaving:3")), false));
        assertThat(plan.takesAway()).isFalse();
        assertThat(plan.steps()).containsExactly(new DepartureStep.Withdraw(ManagedObject.TOOL_BINDING),
                new DepartureStep.Block(), new DepartureStep.DeletePods());
    }

    @Test
    void removesAToolWhenTheRetentionIsOverAndBuriesItBefore() {
        DeparturePlan early = plan(vanished(TOOL),
                quarantined(TOOL, NOW.minus(RETENTION).plusSeconds(1), Set.of(), true));
        assertThat(early.steps()).isEmpty();

        DeparturePlan plan = plan(vanished(TOOL), quarantined(TOOL, NOW.minus(RETENTION), Set.of(), true));
        assertThat(plan.takesAway()).isTrue();
        assertThat(plan.steps()).containsExactly(new DepartureStep.Withdraw(ManagedObject.TOOL_BINDING),
                new DepartureStep.Bury(new Tombstone(new Uid(1001), new Generation(3), NOW.plus(Duration.ofDays(100)))),
                new DepartureStep.DeleteNamespace());
    }

    @Test
    void removesAnAdminsBindingsAndRecord() {
        assertThat(plan(vanished(ADMIN), quarantined(ADMIN, NOW.minus(RETENTION), Set.of(), false)).steps()).endsWith(
                new DepartureStep.DeleteBinding(ManagedObject.ADMIN_BINDING),
                new DepartureStep.DeleteBinding(ManagedObject.VIEW_BINDING), new DepartureStep.DeleteRecord());
    }

    @Test
    void removesAtOnceWhereTheOperatorWantsThat() {
        var planner = new DeparturePlanner(new DeparturePolicy(true, RETENTION, 5, 1, Set.of()));
        DeparturePlan plan = planner.plan(disabled(TOOL), active(TOOL), NOW);
        assertThat(plan.takesAway()).isTrue();
        assertThat(plan.steps()).endsWith(new DepartureStep.DeleteNamespace());
    }

    @Test
    void leavesAloneWhatHasNoRecordOfOursOrIsBeingDeleted() {
        assertThat(plan(vanished(TOOL), Observed.nothing(TOOL)).steps()).isEmpty();
        Observed ending = new Observed(TOOL, NamespaceState.TERMINATING, active(TOOL).record(), Optional.empty(),
                Map.of(), Map.of(), false, Optional.empty());
        assertThat(plan(vanished(TOOL), ending).steps()).isEmpty();
    }

    private static DeparturePlan plan(Departure departure, Observed observed) {
        return new DeparturePlanner(new DeparturePolicy(false, RETENTION, 5, 1, Set.of())).plan(departure, observed,
                NOW);
    }

    private static Departure vanished(AccountId id) {
        return new Departure(id, Optional.empty());
    }

    private static Departure disabled(AccountId id) {
        return new Departure(id,
                Optional.of(new Account(id, new Uid(1001), new HomePath("/data/project/leaving"), true)));
    }

    private static Observed active(AccountId id) {
        Set<Subject> subjects = Set.of(Subject.group(new Generation(3).group(id)));
        return observed(id, record(), subjects, false);
    }

    private static Observed quarantined(AccountId id, Instant since, Set<Subject> subjects, boolean blocked) {
        return observed(id, record().in(AccountState.QUARANTINED, since), subjects, blocked);
    }

    private static Observed observed(AccountId id, AccountRecord record, Set<Subject> subjects, boolean blocked) {
        var bindings = new HashMap<ManagedObject, Bound>();
        Blueprints.of(id).bindings().forEach(
                binding -> bindings.put(binding.object(), new Bound(binding.fingerprint(), subjects)));
        return new Observed(id, NamespaceState.READY, new RecordState.Known(record), Optional.empty(), Map.of(),
                bindings, blocked, Optional.empty());
    }

    private static AccountRecord record() {
        return new AccountRecord(new Uid(1001), new Generation(3), new Generation(3), "a".repeat(64), "b".repeat(64),
                "1f", NOW.minus(Duration.ofDays(265)), NOW.plus(Duration.ofDays(100)), NOW.minus(Duration.ofDays(265)));
    }
}
