package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.testing.Changed;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the cluster holds and whatever the clock says. */
class PlannerPropertyTest {
    private static final Instant NOW = AccountStates.NOW;
    private static final Instant FAR = NOW.plus(Duration.ofDays(36_500));
    private static final RefreshLimit LIMIT = new RefreshLimit(3, Duration.ofMinutes(5));
    private static final Planner PLANNER = new Planner(Duration.ofMinutes(10), LIMIT);
    private static final Simulation CLUSTER = new Simulation(NOW);
    /** "c" is trusted, but another signs; "d" is not trusted any more. */
    private static final Authorities AUTHORITIES = new Authorities(Blueprints.ACCESS,
            Set.of("b".repeat(64), "c".repeat(64)), Blueprints.AUTHORITIES.signing());
    private static final List<ManagedObject> OBJECTS = List.of(ManagedObject.RESOURCE_QUOTA, ManagedObject.LIMIT_RANGE,
            ManagedObject.TOOL_BINDING, ManagedObject.VIEW_BINDING, ManagedObject.ADMIN_BINDING);

    @Property
    void isDoneAfterOneApplicationAndOneMoreForWhoeverReturnsOrIsTakenOver(@ForAll("states") Observed before) {
        List<Step> first = steps(before);
        Observed after = apply(before, first);
        boolean comesIn = first.stream()
                .anyMatch(step -> step instanceof Step.RecordReturn || step instanceof Step.Adopt);

        assertThat(steps(comesIn ? apply(after, steps(after)) : after)).isEmpty();
    }

    @Property
    void finishesWhatWasBrokenOffAfterAnyStep(@ForAll("states") Observed before,
            @ForAll("counts") int survivingSteps) {
        var broken = apply(before, steps(before).stream().limit(survivingSteps).toList());
        var mended = apply(broken, steps(broken));

        assertThat(steps(apply(mended, steps(mended)))).isEmpty();
    }

    @Property
    void keepsTheOrderThatIsDocumented(@ForAll("states") Observed state) {
        List<Step> steps = steps(state);
        int written = steps.indexOf(new Step.WriteHome());
        var ranks = new ArrayList<Integer>();
        for (int i = 0; i < steps.size(); i++) {
            // What a killed attempt has put into the home may lose its rights only now.
            boolean late = written >= 0 && i > written && steps.get(i) instanceof Step.Bind;
            ranks.add(rank(steps.get(i), written >= 0) + (late ? 25 : 0));
        }

        assertThat(ranks).isSorted();
        assertThat(steps).doesNotHaveDuplicates();
    }

    @Property
    void recordsLastAndOnlyWhatWasIssuedAndWrittenAndWhatTheHomeWasReadyFor(@ForAll("states") Observed state) {
        List<Step> steps = steps(state);
        List<Class<?>> kinds = steps.stream().<Class<?>>map(Step::getClass).toList();
        boolean issues = kinds.contains(Step.Issue.class);

        assertThat(kinds.contains(Step.WriteRecord.class)).isEqualTo(issues);
        assertThat(kinds.contains(Step.WriteHome.class)).isEqualTo(issues);
        if (issues) {
            assertThat(kinds).containsSubsequence(Step.PrepareHome.class, Step.Issue.class, Step.WriteHome.class,
                    Step.WriteRecord.class);
            assertThat(steps.getLast()).isInstanceOfSatisfying(Step.WriteRecord.class,
                    record -> assertThat(steps).contains(new Step.Issue(record.generation())));
        }
    }

    @Property
    void neverIssuesAGenerationThatMayHaveBeenGivenOut(@ForAll("states") Observed state) {
        var known = Stream.concat(state.record().known().stream().map(AccountRecord::generation),
                state.bindings().values().stream().flatMap(bound -> bound.subjects().stream())
                        .filter(subject -> subject.type() == Subject.Type.GROUP)
                        .flatMap(subject -> Generation.ofGroup(state.id(), subject.name()).stream()))
                .toList();

        assertThat(issued(state)).allSatisfy(next -> assertThat(known).allMatch(old -> old.compareTo(next) < 0));
    }

    @Property
    void locksOutNobodyWhoseCredentialsAreRecordedAtAnyMoment(@ForAll("states") Observed before) {
        List<Step> steps = steps(before);
        for (int done = 0; done <= steps.size(); done++) {
            Observed now = apply(before, steps.subList(0, done));
            boolean bindingsDone = steps.subList(done, steps.size()).stream().noneMatch(Step.Bind.class::isInstance);
            if (bindingsDone) {
                recordedSubject(now).ifPresent(subject -> assertBound(now, subject));
            }
            steps.subList(0, done).stream().filter(Step.Issue.class::isInstance).map(Step.Issue.class::cast).forEach(
                    issue -> assertBound(now, Subject.group(issue.generation().group(before.id()))));
        }
    }

    @Property
    void givesRightsToNobodyButTheAccountsOwnRecordedGenerations(@ForAll("states") Observed before) {
        Observed after = apply(before, steps(before));
        var allowed = new HashSet<Subject>();
        after.record().known().ifPresent(record -> Stream.of(record.generation(), record.previous()).forEach(
                generation -> allowed.add(generation.equals(Generation.ADOPTED)
                        ? Subject.user("a")
                        : Subject.group(generation.group(after.id())))));

        if (plan(before) instanceof AccountPlan.Work) {
            after.bindings().values().forEach(bound -> assertThat(allowed).containsAll(bound.subjects()));
        }
    }

    @Property
    void leavesQuotasAndLimitsAsSomebodyChangedThemAndSaysSo(@ForAll("states") Observed state) {
        if (plan(state) instanceof AccountPlan.Work work) {
            Blueprints.of(state.id()).contents().forEach(desired -> {
                String live = state.contents().get(desired.object());
                boolean byHand = live != null && !live.equals(desired.fingerprint())
                        && !live.equals(state.upkeep().objects().get(desired.object().name()));
                assertThat(work.kept().contains(desired.object())).isEqualTo(byHand);
                assertThat(apply(state, work.steps()).contents().get(desired.object()))
                        .isEqualTo(byHand ? live : desired.fingerprint());
            });
        }
    }

    @Property
    void doesNothingElseWhateverItsOwnerWroteIntoTheMarker(@ForAll("states") Observed state,
            @ForAll("markers") Optional<Marker> marker) {
        if (marker.isPresent() && state.marker().isPresent()) {
            assertThat(withoutMarkers(steps(Changed.marker(state, marker))))
                    .isEqualTo(withoutMarkers(steps(state)));
        }
    }

    @Property
    void givesNobodyNewCredentialsMoreOftenThanTheLimitAllows(@ForAll("states") Observed state) {
        if (plan(state) instanceof AccountPlan.Work work && work.why().equals("refresh")) {
            Instant charged = ((Step.WriteRecord) work.steps().getLast()).upkeep().throttle();

            assertThat(charged).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(LIMIT.interval().multipliedBy(LIMIT.burst())));
        }
    }

    @Property
    void needsNothingBeforeTheNextMomentThatItNames(@ForAll("states") Observed before,
            @ForAll("fractions") double fraction) {
        Observed settled = apply(before, steps(before));
        if (steps(settled).isEmpty()) {
            Instant moment = PLANNER.nextMoment(settled, NOW);
            Instant end = moment.isBefore(FAR) ? moment : FAR;
            Duration wait = Duration.ofMillis((long) (Duration.between(NOW, end).toMillis() * fraction));

            assertThat(plan(settled, NOW.plus(wait))).isEqualTo(plan(settled));
        }
    }

    @Property
    void plansNothingForWhoeverIsHeldOrWaits(@ForAll("states") Observed state) {
        switch (plan(state)) {
            case AccountPlan.Hold hold -> {
                assertThat(hold.work()).isEmpty();
                assertThat(isSound(state)).isFalse();
            }
            case AccountPlan.Wait wait -> {
                assertThat(wait.work()).isEmpty();
                assertThat(state.namespace()).isEqualTo(NamespaceState.TERMINATING);
            }
            case AccountPlan.Work _ -> assertThat(isSound(state)).isTrue();
        }
    }

    @Property
    void isTheSameWhateverGarbageOfOthersStandsInABinding(@ForAll("states") Observed state,
            @ForAll("garbage") Set<Subject> garbage) {
        Observed other = Changed.bindings(state, bindings -> bindings.replaceAll((_, bound) -> {
            var all = new HashSet<>(bound.subjects());
            all.addAll(garbage);
            return new Bound(bound.role(), all);
        }));

        assertThat(withoutBindings(steps(other))).isEqualTo(withoutBindings(steps(state)));
        assertThat(apply(other, steps(other))).isEqualTo(
                steps(other).isEmpty() ? other : apply(state, steps(state)));
    }

    private static AccountPlan plan(Observed state) {
        return plan(state, NOW);
    }

    private static AccountPlan plan(Observed state, Instant now) {
        return PLANNER.plan(account(state.id()), Blueprints.of(state.id()), state,
                new Outlook(AUTHORITIES, HomeCondition.UNSEEN, now));
    }

    private static Account account(AccountId id) {
        return ObservedBuilder.account(id);
    }

    private static Observed apply(Observed before, List<Step> steps) {
        return CLUSTER.apply(before, steps);
    }

    private static List<Step> steps(Observed state) {
        return plan(state).work().map(AccountPlan.Work::steps).orElse(List.of());
    }

    private static List<Generation> issued(Observed state) {
        return steps(state).stream().filter(Step.Issue.class::isInstance)
                .map(step -> ((Step.Issue) step).generation()).toList();
    }

    private static List<Step> withoutBindings(List<Step> steps) {
        return steps.stream().filter(step -> !(step instanceof Step.Bind)).toList();
    }

    private static List<Step> withoutMarkers(List<Step> steps) {
        return steps.stream().filter(step -> !(step instanceof Step.WriteMarker)).toList();
    }

    /** One that is ours, and of which is known what was given out. */
    private static boolean isSound(Observed state) {
        boolean known = state.record().known().filter(record -> record.uid().equals(Simulation.UID)).isPresent();
        boolean untouched = state.record() instanceof RecordState.None
                && state.tombstone().filter(grave -> !grave.uid().equals(Simulation.UID)).isEmpty();
        return state.namespace() != NamespaceState.FOREIGN && (known || untouched);
    }

    private static Optional<Subject> recordedSubject(Observed state) {
        return state.record().known().filter(record -> record.uid().equals(Simulation.UID))
                .filter(record -> Set.of(AccountState.ACTIVE, AccountState.REFRESH_DELAYED).contains(record.state()))
                .filter(_ -> isSound(state) && state.namespace() != NamespaceState.TERMINATING)
                .map(record -> record.generation().equals(Generation.ADOPTED)
                        ? Subject.user("a")
                        : Subject.group(record.generation().group(state.id())));
    }

    private static void assertBound(Observed state, Subject subject) {
        Blueprints.of(state.id()).bindings().forEach(
                binding -> assertThat(state.bindings().get(binding.object()).subjects()).contains(subject));
    }

    private static int rank(Step step, boolean issues) {
        return switch (step) {
            case Step.ApplyNamespace _ -> 0;
            case Step.Create(var object) -> 10 + OBJECTS.indexOf(object);
            case Step.Update(var object) -> 10 + OBJECTS.indexOf(object);
            case Step.PrepareHome _ -> issues ? 20 : 45;
            case Step.Unblock _ -> 21;
            case Step.MarkEnabled _ -> 22;
            case Step.Delete _ -> 25;
            case Step.Bind(var binding, _) -> 30 + OBJECTS.indexOf(binding);
            case Step.Issue _ -> 40;
            case Step.WriteHome _,Step.WriteKubeconfig _ -> 50;
            case Step.RecordReturn _,Step.Adopt _,Step.DelayRefresh _,Step.RecordUpkeep _,Step.WriteRecord _ -> 60;
            case Step.WriteMarker _ -> 61;
        };
    }

    @Provide
    Arbitrary<Integer> counts() {
        return Arbitraries.integers().between(0, 9);
    }

    /** Of the time until then; the last of it too. */
    @Provide
    Arbitrary<Double> fractions() {
        return Arbitraries.doubles().between(0, 0.9999999).ofScale(7);
    }

    @Provide
    Arbitrary<Observed> states() {
        return AccountStates.all();
    }

    @Provide
    Arbitrary<Optional<Marker>> markers() {
        return AccountStates.markers();
    }

    @Provide
    Arbitrary<Set<Subject>> garbage() {
        return AccountStates.garbage();
    }
}
