package io.github.maintainkubeusers.plan;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
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

/** What a cluster holds of an account, from a complete one with what a test changes in it. */
final class ObservedBuilder {
    private final AccountId id;
    private NamespaceState namespace = NamespaceState.READY;
    private RecordState record = new RecordState.None();
    private Optional<String> marker = Optional.of("2027-11-22T03:50:14");
    private Set<ManagedObject> present = Set.of(ManagedObject.RESOURCE_QUOTA, ManagedObject.LIMIT_RANGE);
    private final Map<ManagedObject, Set<Subject>> subjects = new EnumMap<>(ManagedObject.class);

    private ObservedBuilder(AccountId id) {
        this.id = id;
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
        return record(new RecordState.Known(value));
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
        return marker(Optional.empty());
    }

    ObservedBuilder marker(Optional<String> text) {
        marker = text;
        return this;
    }

    ObservedBuilder present(ManagedObject... objects) {
        present = Set.of(objects);
        return this;
    }

    /** In each of its bindings. */
    ObservedBuilder bound(Set<Subject> to) {
        ManagedObject.of(id.kind()).stream().filter(ManagedObject::isBinding).forEach(object -> bound(object, to));
        return this;
    }

    ObservedBuilder bound(ManagedObject binding, Set<Subject> to) {
        subjects.put(binding, to);
        return this;
    }

    ObservedBuilder unbound(ManagedObject binding) {
        subjects.remove(binding);
        return this;
    }

    Observed build() {
        return new Observed(id, namespace, record, marker, present, subjects);
    }
}
