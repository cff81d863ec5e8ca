package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterAccess;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.plan.Allowance;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Subject;

/** A cluster that does as it is told, signs what it is sent, and tells of each change as a watch does. */
public final class InMemoryCluster implements Cluster {
    private final Journal journal;
    private final InstantSource clock;
    private final TestingAuthority authority;
    private final Map<AccountId, Observed> accounts = new ConcurrentHashMap<>();
    private final List<Consumer<AccountId>> listeners = new CopyOnWriteArrayList<>();
    private volatile TestingAuthority signer;
    private volatile Optional<Allowance> allowance = Optional.empty();

    public InMemoryCluster(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
        this.authority = TestingAuthority.root("CN=kubernetes", clock.instant());
        this.signer = authority;
    }

    /** From now on another authority signs, of which the CA bundle knows nothing. */
    public void signWith(TestingAuthority other) {
        signer = other;
    }

    public void signAgain() {
        signer = authority;
    }

    /** What an owner or another admin does; listeners are told. */
    public void change(AccountId id, UnaryOperator<Observed> change) {
        accounts.put(id, change.apply(state(id)));
        listeners.forEach(listener -> listener.accept(id));
    }

    public void deleteMarker(AccountId id) {
        change(id, was -> new Observed(id, was.namespace(), was.record(), Optional.empty(), was.present(),
                was.subjects(), was.blocked(), was.tombstone()));
    }

    public Optional<AccountRecord> record(AccountId id) {
        return state(id).record().known();
    }

    public void tell(AccountId id) {
        listeners.forEach(listener -> listener.accept(id));
    }

    @Override
    public void load() {
        journal.enter("load");
    }

    @Override
    public void follow() {
        journal.enter("follow");
    }

    @Override
    public Observed observe(AccountId id) {
        journal.enter("observe " + id);
        return state(id);
    }

    @Override
    public void onChange(Consumer<AccountId> listener) {
        listeners.add(listener);
    }

    @Override
    public void applyNamespace(AccountId tool) {
        journal.enter("apply namespace of " + tool);
        change(tool, was -> new Observed(tool, NamespaceState.READY, was.record(), was.marker(), was.present(),
                was.subjects(), was.blocked(), was.tombstone()));
    }

    @Override
    public void create(ManagedObject object, AccountId id) {
        journal.enter("create " + object + " of " + id);
        change(id, was -> {
            var present = EnumSet.of(object);
            present.addAll(was.present());
            return new Observed(id, was.namespace(), was.record(), was.marker(), present, was.subjects(), was.blocked(),
                    was.tombstone());
        });
    }

    @Override
    public void bind(ManagedObject binding, AccountId id, Set<Subject> subjects) {
        journal.enter("bind " + binding + " of " + id + " to "
                + subjects.stream().map(Subject::name).sorted().collect(joining(",")));
        change(id, was -> {
            var bound = new EnumMap<ManagedObject, Set<Subject>>(ManagedObject.class);
            bound.putAll(was.subjects());
            bound.put(binding, subjects);
            return new Observed(id, was.namespace(), was.record(), was.marker(), was.present(), bound, was.blocked(),
                    was.tombstone());
        });
    }

    @Override
    public byte[] sign(AccountId id, byte[] request) {
        journal.enter("sign request of " + id);
        return signer.sign(request, clock.instant());
    }

    @Override
    public void deleteStaleRequests() {
        journal.enter("delete stale requests");
    }

    @Override
    public void record(AccountId id, AccountRecord record) {
        journal.enter("record " + id + " generation " + record.generation());
        change(id, was -> new Observed(id, was.namespace(), new RecordState.Known(record),
                Optional.of(record.notAfter().toString()), was.present(), was.subjects(), was.blocked(),
                was.tombstone()));
    }

    @Override
    public Set<AccountId> provisioned() {
        return accounts.entrySet().stream().filter(entry -> entry.getValue().record().known().isPresent())
                .map(Map.Entry::getKey).collect(toUnmodifiableSet());
    }

    @Override
    public void recordState(AccountId id, AccountRecord record) {
        journal.enter("record " + id + " " + record.state().label());
        change(id, was -> new Observed(id, was.namespace(), new RecordState.Known(record), was.marker(), was.present(),
                was.subjects(), was.blocked(), was.tombstone()));
    }

    @Override
    public void block(AccountId tool) {
        setBlocked(tool, true);
    }

    @Override
    public void unblock(AccountId tool) {
        setBlocked(tool, false);
    }

    @Override
    public void deletePods(AccountId tool) {
        journal.enter("delete pods of " + tool);
    }

    @Override
    public void deleteBinding(ManagedObject binding, AccountId admin) {
        journal.enter("delete " + binding + " of " + admin);
    }

    @Override
    public void delete(AccountId id) {
        journal.enter("delete " + id);
        change(id, was -> new Observed(id, Observed.nothing(id).namespace(), new RecordState.None(), Optional.empty(),
                Set.of(), Map.of(), false, was.tombstone()));
    }

    @Override
    public void bury(AccountId id, Tombstone tombstone) {
        journal.enter("bury " + id);
        setTombstone(id, Optional.of(tombstone));
    }

    @Override
    public void forget(AccountId id) {
        journal.enter("forget " + id);
        setTombstone(id, Optional.empty());
    }

    @Override
    public void deleteExpiredTombstones(Instant now) {
        accounts.forEach((id, account) -> account.tombstone().filter(grave -> now.isAfter(grave.notAfter()))
                .ifPresent(_ -> forget(id)));
    }

    @Override
    public Optional<Allowance> allowance() {
        return allowance;
    }

    @Override
    public void allow(Allowance given) {
        allowance = Optional.of(given);
    }

    @Override
    public void useAllowance(Instant now) {
        journal.enter("use allowance");
        allowance = Optional.empty();
    }

    private void setBlocked(AccountId tool, boolean blocked) {
        journal.enter((blocked ? "block " : "unblock ") + tool);
        change(tool, was -> new Observed(tool, was.namespace(), was.record(), was.marker(), was.present(),
                was.subjects(), blocked, was.tombstone()));
    }

    private void setTombstone(AccountId id, Optional<Tombstone> tombstone) {
        change(id, was -> new Observed(id, was.namespace(), was.record(), was.marker(), was.present(), was.subjects(),
                was.blocked(), tombstone));
    }

    @Override
    public ClusterAccess access() {
        return new ClusterAccess("https://api.example:6443", authority.certificate());
    }

    @Override
    public void close() {
        // nothing is held
    }

    private Observed state(AccountId id) {
        return accounts.computeIfAbsent(id, Observed::nothing);
    }
}
