package io.github.maintainkubeusers.plan;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.account.Upkeep;

/** What a cluster holds of an account, from a complete one with what a test changes in it. */
final class ObservedBuilder {
    private final AccountId id;
    private NamespaceState namespace = NamespaceState.READY;
    private RecordState record = new RecordState.None();
    private Optional<Optional<Marker>> marker = Optional.empty();
    private final Map<ManagedObject, String> contents = new HashMap<>();
    private final Map<ManagedObject, Bound> bindings = new HashMap<>();

    private ObservedBuilder(AccountId id) {
        this.id = id;
        Blueprints.of(id).contents().forEach(object -> contents.put(object.object(), object.fingerprint()));
    }

    /** Provisioned at this time for a year, with credentials of this generation, the grace period long over. */
    static ObservedBuilder provisioned(AccountId id, int generation, Instant since) {
        return new ObservedBuilder(id).record(record(generation, generation - 1, since)).bound(groups(id, generation));
    }

    static AccountRecord record(int generation, int previous, Instant since) {
        return new AccountRecord(new Uid(1001), new Generation(generation), new Generation(previous), "a".repeat(64),
                "b".repeat(64), "1f", since.minus(Duration.ofMinutes(5)), since.plus(Duration.ofDays(365)), since);
    }

    static Account account(AccountId id) {
        String root = id.kind() == AccountKind.TOOL ? "/data/project/" : "/home/";
        return new Account(id, new Uid(1001), new HomePath(root + id.name()), false);
    }

    static Set<Subject> groups(AccountId id, int... generations) {
        return Arrays.stream(generations)
                .mapToObj(number -> Subject.group(new Generation(number).group(id)))
                .collect(toUnmodifiableSet());
    }

    ObservedBuilder record(AccountRecord value) {
        boolean plain = value.upkeep().equals(Upkeep.NONE);
        return record(new RecordState.Known(plain ? value.with(Blueprints.upkeep(id)) : value));
    }

    ObservedBuilder record(RecordState state) {
        record = state;
        return this;
    }

    ObservedBuilder namespace(NamespaceState state) {
        namespace = state;
        return this;
    }

    ObservedBuilder withoutMarker() {
        marker = Optional.of(Optional.empty());
        return this;
    }

    /** Instead of the one that fits the record. */
    ObservedBuilder marker(Marker other) {
        marker = Optional.of(Optional.of(other));
        return this;
    }

    ObservedBuilder present(ManagedObject... objects) {
        contents.keySet().retainAll(Set.of(objects));
        return this;
    }

    ObservedBuilder content(ManagedObject object, String fingerprint) {
        contents.put(object, fingerprint);
        return this;
    }

    /** In each of its bindings. */
    ObservedBuilder bound(Set<Subject> to) {
        Blueprints.of(id).bindings().forEach(object -> bound(object.object(), to));
        return this;
    }

    ObservedBuilder bound(ManagedObject binding, Set<Subject> to) {
        bindings.put(binding, Blueprints.bound(binding, to));
        return this;
    }

    ObservedBuilder bound(ManagedObject binding, Bound to) {
        bindings.put(binding, to);
        return this;
    }

    ObservedBuilder unbound(ManagedObject binding) {
        bindings.remove(binding);
        return this;
    }

    Observed build() {
        Optional<Marker> seen = marker.orElseGet(() -> record.known().map(known -> Marker.of(id.kind(), known)));
        return new Observed(id, namespace, record, seen, contents, bindings, false, Optional.empty());
    }
}
