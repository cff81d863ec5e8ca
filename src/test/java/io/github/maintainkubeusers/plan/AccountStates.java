package io.github.maintainkubeusers.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.account.Upkeep;
import io.github.maintainkubeusers.testing.Changed;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Whatever a cluster can hold of an account, sensible or not. */
final class AccountStates {
    static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");
    static final AccountId TOOL = AccountId.tool("a");
    static final AccountId ADMIN = AccountId.admin("a");
    /** A binding that a template made once. */
    static final ManagedObject GONE = new ManagedObject(ObjectKind.ROLE_BINDING, "gone");
    private static final String OTHER = "0".repeat(16);

    private AccountStates() {}

    static Arbitrary<Observed> all() {
        return Arbitraries.of(TOOL, ADMIN).flatMap(AccountStates::of);
    }

    private static Arbitrary<Observed> of(AccountId id) {
        return Combinators.combine(namespaces(id), records(), markers(), contents(id), bindings(id),
                Arbitraries.of(true, false), tombstones())
                .as((namespace, record, marker, contents, bindings, blocked, tombstone) -> new Observed(id, namespace,
                        record, marker, contents, bindings, blocked && id.equals(TOOL), tombstone))
                .flatMap(state -> Arbitraries.of(state, withRightMarker(state), withRightBindings(state)));
    }

    private static Observed withRightMarker(Observed state) {
        return state.record().known().map(record -> Changed.marker(state,
                Optional.of(Marker.of(state.id().kind(), record)))).orElse(state);
    }

    /** Of its recorded generation, and with the right marker. */
    private static Observed withRightBindings(Observed state) {
        return state.record().known().map(record -> Changed.bindings(withRightMarker(state), bindings -> {
            bindings.clear();
            Blueprints.of(state.id()).bindings().forEach(desired -> bindings.put(desired.object(),
                    Blueprints.bound(desired.object(),
                            Entitlement.subjects(state.id(), Set.of(record.generation())))));
        })).orElse(state);
    }

    /** Whoever others are, they are none of the account's generations. */
    static Arbitrary<Set<Subject>> garbage() {
        var subjects = Stream.concat(
                Stream.of(Subject.user("mallory"), Subject.user("tool:a:99"), Subject.group("system:masters"),
                        Subject.group("tool:a:1:2"), Subject.group("tool:a:1000000000"), Subject.group("tool:a:"),
                        new Subject(Subject.Type.OTHER, "builder"), new Subject(Subject.Type.OTHER, "tool:a:50")),
                Stream.of(AccountId.tool("b"), AccountId.admin("b"), AccountId.tool("a-1"))
                        .flatMap(id -> ObservedBuilder.groups(id, 1, 77).stream()));
        return Arbitraries.subsetOf(subjects.toList());
    }

    static Arbitrary<Optional<Marker>> markers() {
        return Arbitraries.of(Optional.of(new Marker("user created", "2027-11-22T03:50:14", true)),
                Optional.of(new Marker("", "rubbish", false)), Optional.of(new Marker("x", "", true)),
                Optional.empty());
    }

    private static Arbitrary<NamespaceState> namespaces(AccountId id) {
        return id.equals(ADMIN)
                ? Arbitraries.just(NamespaceState.READY)
                : Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.just(NamespaceState.READY)),
                        Tuple.of(4, Arbitraries.of(NamespaceState.values())));
    }

    private static Arbitrary<RecordState> records() {
        Arbitrary<RecordState> known = Combinators
                .combine(generations(), Arbitraries.of(1001, 1001, 1001, 1002).map(Uid::new), issuers(), ages(),
                        Arbitraries.of(-1, 0, 1, 29, 31, 300, 2000).map(Duration::ofDays),
                        Arbitraries.of(AccountState.values()), upkeeps())
                .as((generations, uid, issuer, age, left, state, upkeep) -> new RecordState.Known(new AccountRecord(uid,
                        generations.get1(), generations.get2(), "a".repeat(64), issuer, "1f",
                        NOW.minus(Duration.ofDays(3650)), NOW.plus(left), NOW.minus(age), state, upkeep)));
        return Arbitraries.oneOf(known, known, known, Arbitraries.of(new RecordState.None(), new RecordState.None(),
                new RecordState.Unreadable("it is not JSON")));
    }

    private static Arbitrary<Tuple.Tuple2<Generation, Generation>> generations() {
        var numbers = Arbitraries.integers().between(0, 5);
        return Combinators.combine(numbers, numbers)
                .as((a, b) -> Tuple.of(new Generation(Math.max(a, b)), new Generation(Math.min(a, b))));
    }

    private static Arbitrary<String> issuers() {
        return Arbitraries.of("b", "b", "c", "d").map(letter -> letter.repeat(64));
    }

    private static Arbitrary<Duration> ages() {
        return Arbitraries.of(-100, -1, 0, 1, 9, 10, 11, 5000, 100_000).map(Duration::ofMinutes);
    }

    private static Arbitrary<Upkeep> upkeeps() {
        var access = Arbitraries.of(Blueprints.ACCESS, Blueprints.ACCESS, Optional.of(OTHER), Optional.<String>empty());
        var objects = Arbitraries.of(Map.<String, String>of(), Blueprints.upkeep(TOOL).objects(),
                Map.of("resourcequota", OTHER, "limitrange", OTHER, "forgotten", OTHER));
        var throttles = Arbitraries.of(-1, 0, 4, 6, 9, 11, 14, 16, 5_000_000)
                .map(minutes -> NOW.plus(Duration.ofMinutes(minutes)));
        return Combinators.combine(access, objects, Arbitraries.oneOf(throttles, Arbitraries.just(Instant.EPOCH)))
                .as(Upkeep::new);
    }

    /** Missing, as desired, as was applied before, or as somebody left it. */
    private static Arbitrary<Map<ManagedObject, String>> contents(AccountId id) {
        var objects = Blueprints.of(id).contents();
        return Arbitraries.integers().between(0, 3).list().ofSize(objects.size()).map(choices -> {
            var contents = new HashMap<ManagedObject, String>();
            for (int i = 0; i < objects.size(); i++) {
                DesiredObject desired = objects.get(i);
                switch (choices.get(i)) {
                    case 0 -> contents.put(desired.object(), desired.fingerprint());
                    case 1 -> contents.put(desired.object(), OTHER);
                    case 2 -> contents.put(desired.object(), "f".repeat(16));
                    default -> {
                        // missing
                    }
                }
            }
            return contents;
        });
    }

    private static Arbitrary<Map<ManagedObject, Bound>> bindings(AccountId id) {
        var subjects = Stream.concat(ObservedBuilder.groups(id, 0, 1, 2, 3, 4, 5, 9).stream(),
                Stream.of(Subject.user("a"), Subject.user("mallory"), Subject.group("tool:b:80"))).toList();
        var objects = new HashSet<>(Blueprints.of(id).bindings().stream().map(DesiredObject::object).toList());
        if (id.equals(TOOL)) {
            objects.add(GONE);
        }
        Arbitrary<String> roles = Arbitraries.of("", "", "", OTHER);
        var bounds = Combinators.combine(roles, Arbitraries.subsetOf(subjects)).as(Bound::new);
        return Arbitraries.maps(Arbitraries.of(objects), bounds).ofMaxSize(objects.size()).map(map -> {
            var bindings = new HashMap<ManagedObject, Bound>();
            map.forEach((object, bound) -> bindings.put(object, bound.role().isEmpty()
                    ? Blueprints.bound(object, bound.subjects())
                    : bound));
            return bindings;
        });
    }

    private static Arbitrary<Optional<Tombstone>> tombstones() {
        return Arbitraries.of(Optional.<Tombstone>empty(), Optional.<Tombstone>empty(),
                Optional.of(new Tombstone(new Uid(1001), new Generation(7), NOW)),
                Optional.of(new Tombstone(new Uid(1002), new Generation(7), NOW)));
    }
}
