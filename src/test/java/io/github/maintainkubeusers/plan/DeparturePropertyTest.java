package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.AccountState;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the cluster holds: what departures take, and what they leave. */
class DeparturePropertyTest {
    private static final Instant NOW = AccountStates.NOW;
    private static final Simulation CLUSTER = new Simulation(NOW);
    private static final DeparturePlanner QUARANTINE = planner(false);
    private static final DeparturePlanner DELETION = planner(true);

    @Property
    void leavesNoRightsToWhoeverDepartsAndIsDoneAfterOneApplication(@ForAll("states") Observed before) {
        DeparturePlan plan = QUARANTINE.plan(vanished(before.id()), before, NOW);
        Observed after = CLUSTER.depart(before, plan.steps());

        assertThat(QUARANTINE.plan(vanished(before.id()), after, NOW).steps()).isEmpty();
        if (isOurs(before)) {
            assertThat(after.bindings().values()).allSatisfy(bound -> assertThat(bound.subjects()).isEmpty());
        }
    }

    @Property
    void takesRightsBeforeAnythingElseAndBuriesBeforeItDeletes(@ForAll("states") Observed before,
            @ForAll boolean delete) {
        List<DepartureStep> steps = (delete ? DELETION : QUARANTINE).plan(vanished(before.id()), before, NOW).steps();
        var ranks = new ArrayList<Integer>();
        steps.forEach(step -> ranks.add(rank(step)));

        assertThat(ranks).isSorted();
    }

    @Property
    void leavesAloneWhatHasNoReadableRecord(@ForAll("states") Observed before, @ForAll boolean delete) {
        if (before.record().known().isEmpty()) {
            assertThat((delete ? DELETION : QUARANTINE).plan(vanished(before.id()), before, NOW).steps()).isEmpty();
        }
    }

    @Property
    void deletesNothingBeforeTheRetentionIsOver(@ForAll("states") Observed before) {
        boolean due = before.record().known().filter(record -> record.state() == AccountState.QUARANTINED
                && !NOW.isBefore(record.since().plus(Duration.ofDays(40)))).isPresent();

        assertThat(QUARANTINE.plan(vanished(before.id()), before, NOW).steps().stream()
                .anyMatch(step -> step instanceof DepartureStep.DeleteNamespace
                        || step instanceof DepartureStep.DeleteRecord))
                .isEqualTo(due && before.namespace() != NamespaceState.TERMINATING);
    }

    @Property
    void givesBackToWhoeverReturnsAllThatItHad(@ForAll("states") Observed anything) {
        var planner = new Planner(Duration.ofMinutes(10), new RefreshLimit(3, Duration.ofMinutes(5)));
        Account account = ObservedBuilder.account(anything.id());
        var outlook = new Outlook(Blueprints.AUTHORITIES, HomeCondition.UNSEEN, NOW);
        Observed before = settle(anything, planner, account, outlook);
        Assume.that(isActive(before) && !before.blocked() && planner.plan(account, Blueprints.of(before.id()), before,
                outlook) instanceof AccountPlan.Work);
        Observed away = CLUSTER.depart(before, QUARANTINE.plan(vanished(before.id()), before, NOW).steps());
        Observed back = CLUSTER.apply(away,
                planner.plan(account, Blueprints.of(before.id()), away, outlook).work().orElseThrow().steps());

        assertThat(back.bindings()).isEqualTo(before.bindings());
        assertThat(back.contents()).isEqualTo(before.contents());
        assertThat(back.blocked()).isFalse();
        assertThat(back.record().known().orElseThrow().generation())
                .isEqualTo(before.record().known().orElseThrow().generation());
    }

    @Property
    void theBrakeLetsThroughNoMoreThanTheBudgetWithoutAnAdminsWord(@ForAll @IntRange(max = 20_000) int provisioned,
            @ForAll @IntRange(max = 20_000) int departing, @ForAll @IntRange(max = 100) int budgetAccounts,
            @ForAll @IntRange(max = 20) int budgetPercent, @ForAll boolean sentinelThere,
            @ForAll("allowances") Optional<Allowance> allowance) {
        var sentinel = new AccountName("sentinel");
        var policy = new DeparturePolicy(false, Duration.ofDays(40), budgetAccounts, budgetPercent, Set.of(sentinel));
        List<Account> accounts = sentinelThere
                ? List.of(ObservedBuilder.account(AccountId.tool("sentinel")))
                : List.of();
        Brake.Verdict verdict = new Brake(policy).judge(new Desired(accounts, List.of()), departing, provisioned,
                allowance, NOW);
        boolean within = departing <= Math.max(budgetAccounts, (long) provisioned * budgetPercent / 100);
        boolean allowed = allowance.filter(given -> NOW.isBefore(given.until()) && departing <= given.upTo())
                .isPresent();

        assertThat(!(verdict instanceof Brake.Verdict.Refused))
                .isEqualTo(departing == 0 || (within && sentinelThere) || allowed);
    }

    /** As it is after two passes, and two more when the grace period of any record is over. */
    private static Observed settle(Observed state, Planner planner, Account account, Outlook outlook) {
        var later = new Outlook(outlook.authorities(), outlook.home(), NOW.plus(Duration.ofDays(1)));
        Observed settled = state;
        for (Outlook then : List.of(outlook, outlook, later, later)) {
            settled = CLUSTER.apply(settled, planner.plan(account, Blueprints.of(state.id()), settled, then).work()
                    .map(AccountPlan.Work::steps).orElse(List.of()));
        }
        return settled;
    }

    private static boolean isActive(Observed state) {
        return state.record().known().filter(record -> record.state() == AccountState.ACTIVE).isPresent();
    }

    private static boolean isOurs(Observed state) {
        return state.record().known().isPresent() && state.namespace() != NamespaceState.TERMINATING;
    }

    private static Departure vanished(AccountId id) {
        return new Departure(id, Optional.empty());
    }

    private static DeparturePlanner planner(boolean deleteAtOnce) {
        return new DeparturePlanner(new DeparturePolicy(deleteAtOnce, Duration.ofDays(40), 5, 1, Set.of()));
    }

    private static int rank(DepartureStep step) {
        return switch (step) {
            case DepartureStep.Withdraw _ -> 0;
            case DepartureStep.Block _ -> 1;
            case DepartureStep.DeletePods _ -> 2;
            case DepartureStep.MarkDisabled _ -> 3;
            case DepartureStep.Bury _ -> 4;
            case DepartureStep.DeleteBinding _ -> 5;
            case DepartureStep.DeleteNamespace _,DepartureStep.DeleteRecord _,DepartureStep.RecordQuarantine _ -> 6;
        };
    }

    @Provide
    Arbitrary<Observed> states() {
        return AccountStates.all();
    }

    @Provide
    Arbitrary<Optional<Allowance>> allowances() {
        return Arbitraries.of(Optional.<Allowance>empty(),
                Optional.of(new Allowance(100, NOW.plusSeconds(1), "alice", NOW)),
                Optional.of(new Allowance(100_000, NOW.plusSeconds(1), "alice", NOW)),
                Optional.of(new Allowance(100_000, NOW, "alice", NOW)));
    }
}
