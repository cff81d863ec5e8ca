package io.github.maintainkubeusers.plan;

import static io.github.maintainkubeusers.plan.ObservedBuilder.account;
import static io.github.maintainkubeusers.plan.ObservedBuilder.groups;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.Uid;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever the cluster holds and whatever the clock says. */
class PlannerPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");
    private static final Planner PLANNER = new Planner(Duration.ofMinutes(10));
    private static final AccountId TOOL = AccountId.tool("a");
    private static final AccountId ADMIN = AccountId.admin("a");
    private static final List<ManagedObject> OBJECTS = List.of(ManagedObject.values());

    @Property
    void isDoneAfterOneApplication(@ForAll("states") Observed before) {
        var after = apply(before, steps(before));

        assertThat(steps(after)).isEmpty();
    }

    @Property
    void finishesWhatWasBrokenOffAfterAnyStep(@ForAll("states") Observed before,
            @ForAll("counts") int survivingSteps) {
        var broken = apply(before, steps(before).stream().limit(survivingSteps).toList());

        assertThat(steps(apply(broken, steps(broken)))).isEmpty();
    }

    @Property
    void keepsTheOrderThatIsDocumented(@ForAll("states") Observed state) {
        List<Step> steps = steps(state);
        int written = steps.indexOf(new Step.WriteHome());
        var ranks = new ArrayList<Integer>();
        for (int i = 0; i < steps.size(); i++) {
            // What a killed attempt has put into the home may lose its rights only now.
            boolean late = written >= 0 && i > written && steps.get(i) instanceof Step.Bind;
            ranks.add(rank(steps.get(i)) + (late ? 25 : 0));
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
        assertThat(kinds.contains(Step.PrepareHome.class)).isEqualTo(issues);
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
                state.subjects().values().stream().flatMap(Set::stream)
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

        if (PLANNER.plan(account(before.id()), before, NOW) instanceof AccountPlan.Work) {
            after.subjects().values().forEach(bound -> assertThat(allowed).containsAll(bound));
        }
    }

    @Property
    void plansNothingForWhoeverIsHeldOrWaits(@ForAll("states") Observed state) {
        switch (PLANNER.plan(account(state.id()), state, NOW)) {
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
        var littered = new EnumMap<ManagedObject, Set<Subject>>(ManagedObject.class);
        state.subjects().forEach((binding, subjects) -> {
            var all = new HashSet<>(subjects);
            all.addAll(garbage);
            littered.put(binding, all);
        });
        var other = new Observed(state.id(), state.namespace(), state.record(), state.marker(), state.present(),
                littered);

        assertThat(withoutBindings(steps(other))).isEqualTo(withoutBindings(steps(state)));
        assertThat(apply(other, steps(other))).isEqualTo(
                steps(other).isEmpty() ? other : apply(state, steps(state)));
    }

    private static List<Step> steps(Observed state) {
        return PLANNER.plan(account(state.id()), state, NOW).work().map(AccountPlan.Work::steps).orElse(List.of());
    }

    private static List<Generation> issued(Observed state) {
        return steps(state).stream().filter(Step.Issue.class::isInstance)
                .map(step -> ((Step.Issue) step).generation()).toList();
    }

    private static List<Step> withoutBindings(List<Step> steps) {
        return steps.stream().filter(step -> !(step instanceof Step.Bind)).toList();
    }

    /** One that is ours, and of which is known what was given out. */
    private static boolean isSound(Observed state) {
        boolean known = state.record().known().filter(record -> record.uid().equals(new Uid(1001))).isPresent();
        boolean untouched = state.record() instanceof RecordState.None;
        return state.namespace() != NamespaceState.FOREIGN && (known || untouched);
    }

    private static Optional<Subject> recordedSubject(Observed state) {
        return state.record().known().filter(record -> record.uid().equals(new Uid(1001)))
                .filter(_ -> isSound(state) && state.namespace() != NamespaceState.TERMINATING)
                .map(record -> record.generation().equals(Generation.ADOPTED)
                        ? Subject.user("a")
                        : Subject.group(record.generation().group(state.id())));
    }

    private static void assertBound(Observed state, Subject subject) {
        ManagedObject.of(state.id().kind()).stream().filter(ManagedObject::isBinding)
                .forEach(binding -> assertThat(state.subjects().get(binding)).contains(subject));
    }

    private static int rank(Step step) {
        return switch (step) {
            case Step.ApplyNamespace _ -> 0;
            case Step.Create(var object) -> 10 + OBJECTS.indexOf(object);
            case Step.PrepareHome _ -> 20;
            case Step.Bind(var binding, _) -> 30 + OBJECTS.indexOf(binding);
            case Step.Issue _ -> 40;
            case Step.Unblock _ -> 21;
            case Step.MarkEnabled _ -> 22;
            case Step.WriteHome _,Step.WriteKubeconfig _ -> 50;
            case Step.RecordReturn _,Step.Adopt _ -> 60;
            case Step.WriteRecord _ -> 60;
        };
    }

    /** What a cluster that does as it is told holds afterwards. */
    private static Observed apply(Observed before, List<Step> steps) {
        Observed state = before;
        for (Step step : steps) {
            state = apply(state, step);
        }
        return state;
    }

    private static Observed apply(Observed state, Step step) {
        return switch (step) {
            case Step.ApplyNamespace _ -> new Observed(state.id(), NamespaceState.READY, state.record(),
                    state.marker(), state.present(), state.subjects());
            case Step.Create(var object) -> {
                var present = new HashSet<>(state.present());
                present.add(object);
                yield new Observed(state.id(), state.namespace(), state.record(), state.marker(), present,
                        state.subjects());
            }
            case Step.Bind(var binding, var to) -> {
                var subjects = new EnumMap<ManagedObject, Set<Subject>>(ManagedObject.class);
                subjects.putAll(state.subjects());
                subjects.put(binding, to);
                yield new Observed(state.id(), state.namespace(), state.record(), state.marker(), state.present(),
                        subjects);
            }
            case Step.PrepareHome _,Step.Issue _,Step.WriteHome _,Step.WriteKubeconfig _,Step.Unblock _,Step.MarkEnabled _,Step.RecordReturn _ ->
                state;
            case Step.Adopt _ -> new Observed(state.id(), state.namespace(),
                    new RecordState.Known(
                            record(Generation.ADOPTED, Generation.ADOPTED, Duration.ZERO, Duration.ofDays(365))),
                    state.marker(), state.present(), state.subjects());
            case Step.WriteRecord(var generation, var previous) -> new Observed(state.id(), state.namespace(),
                    new RecordState.Known(record(generation, previous, Duration.ZERO, Duration.ofDays(365))),
                    Optional.of("2027-11-22T03:50:14"), state.present(), state.subjects());
        };
    }

    private static AccountRecord record(Generation generation, Generation previous, Duration age, Duration left) {
        return new AccountRecord(new Uid(1001), generation, previous, "a".repeat(64), "b".repeat(64), "1f",
                NOW.minus(Duration.ofDays(3650)), NOW.plus(left), NOW.minus(age));
    }

    @Provide
    Arbitrary<Integer> counts() {
        return Arbitraries.integers().between(0, 9);
    }

    @Provide
    Arbitrary<Observed> states() {
        return Arbitraries.of(TOOL, ADMIN).flatMap(id -> Combinators
                .combine(namespaces(id), records(), Arbitraries.of(Optional.of("2027-11-22T03:50:14"),
                        Optional.of("rubbish"), Optional.<String>empty()),
                        Arbitraries.subsetOf(ManagedObject.of(
                                id.kind()).stream().filter(object -> !object.isBinding()).toList()),
                        bindings(id))
                .as((namespace, record, marker, present, subjects) -> new Observed(id, namespace, record, marker,
                        present, subjects)));
    }

    @Provide
    Arbitrary<Set<Subject>> garbage() {
        var subjects = Stream.concat(
                Stream.of(Subject.user("mallory"), Subject.user("tool:a:99"), Subject.group("system:masters"),
                        Subject.group("tool:a:1:2"), Subject.group("tool:a:1000000000"), Subject.group("tool:a:"),
                        new Subject(Subject.Type.OTHER, "builder"), new Subject(Subject.Type.OTHER, "tool:a:50")),
                Stream.of(AccountId.tool("b"), AccountId.admin("b"), AccountId.tool("a-1"))
                        .flatMap(id -> groups(id, 1, 77).stream()));
        return Arbitraries.subsetOf(subjects.toList());
    }

    private static Arbitrary<NamespaceState> namespaces(AccountId id) {
        return id.equals(ADMIN)
                ? Arbitraries.just(NamespaceState.READY)
                : Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.just(NamespaceState.READY)),
                        Tuple.of(4, Arbitraries.of(NamespaceState.values())));
    }

    private static Arbitrary<RecordState> records() {
        var numbers = Arbitraries.integers().between(0, 5);
        Arbitrary<RecordState> known = Combinators
                .combine(numbers, numbers, Arbitraries.of(1001, 1001, 1001, 1002),
                        Arbitraries.of(-100, -1, 0, 1, 9, 10, 11, 5000).map(Duration::ofMinutes),
                        Arbitraries.of(-1, 0, 1, 29, 31, 300, 2000).map(Duration::ofDays))
                .as((a, b, uid, age, left) -> {
                    var record = record(new Generation(Math.max(a, b)), new Generation(Math.min(a, b)), age, left);
                    return new RecordState.Known(new AccountRecord(new Uid(uid), record.generation(),
                            record.previous(), record.certificate(), record.issuer(), record.serial(),
                            record.notBefore(), record.notAfter(), record.since()));
                });
        return Arbitraries.oneOf(known, known, Arbitraries.of(new RecordState.None(), new RecordState.None(),
                new RecordState.Unreadable("it is not JSON")));
    }

    private static Arbitrary<Map<ManagedObject, Set<Subject>>> bindings(AccountId id) {
        var subjects = Stream.concat(groups(id, 0, 1, 2, 3, 4, 5, 9).stream(),
                Stream.of(Subject.user("a"), Subject.user("mallory"), Subject.group("tool:b:80"))).toList();
        var objects = ManagedObject.of(id.kind()).stream().filter(ManagedObject::isBinding).toList();
        return Arbitraries.maps(Arbitraries.of(objects), Arbitraries.subsetOf(subjects)).ofMaxSize(objects.size());
    }
}
