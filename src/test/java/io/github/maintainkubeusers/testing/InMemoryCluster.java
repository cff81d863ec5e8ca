package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
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
import io.github.maintainkubeusers.plan.Bound;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.Marker;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Subject;

/** A cluster that does as it is told, signs what it is sent, and tells of each change as a watch does. */
public final class InMemoryCluster implements Cluster {
    private final Journal journal;
    private final InstantSource clock;
    private final TestingAuthority authority;
    private final Catalogue catalogue;
    private volatile byte[] bundle;
    private final Map<AccountId, Observed> accounts = new ConcurrentHashMap<>();
    private final List<Consumer<AccountId>> listeners = new CopyOnWriteArrayList<>();
    private volatile TestingAuthority signer;
    private volatile Optional<Allowance> allowance = Optional.empty();
    private volatile Optional<String> complaint = Optional.empty();
    private volatile Duration clockLead = Duration.ZERO;

    public InMemoryCluster(Journal journal, Catalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.journal = journal;
        this.clock = clock;
        this.authority = TestingAuthority.root("CN=kubernetes", clock.instant());
        this.signer = authority;
        this.bundle = authority.certificate();
    }

    /** From now on another authority signs, of which the CA bundle knows nothing. */
    public void signWith(TestingAuthority other) {
        signer = other;
    }

    /** The CA bundle gets another authority beside those that are in it. */
    public void trustAlso(TestingAuthority other) {
        bundle = concatenated(bundle, other.certificate());
    }

    public void trustOnly(TestingAuthority other) {
        bundle = other.certificate();
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
        change(id, was -> Changed.marker(was, Optional.empty()));
    }

    /** The API server is unwell, or well again. */
    public void complain(Optional<String> reason) {
        complaint = reason;
    }

    public void setClockLead(Duration lead) {
        clockLead = lead;
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
    public long changes(AccountId id) {
        return state(id).hashCode();
    }

    @Override
    public void onChange(Consumer<AccountId> listener) {
        listeners.add(listener);
    }

    @Override
    public void applyNamespace(AccountId tool) {
        journal.enter("apply namespace of " + tool);
        change(tool, was -> Changed.namespace(was, NamespaceState.READY));
    }

    @Override
    public void put(ManagedObject object, AccountId id) {
        journal.enter("put " + object.name() + " of " + id);
        String fingerprint = catalogue.of(id).find(object).orElseThrow().fingerprint();
        change(id, was -> Changed.content(was, object, fingerprint));
    }

    @Override
    public void bind(ManagedObject binding, AccountId id, Set<Subject> subjects) {
        journal.enter("bind " + binding.name() + " of " + id + " to "
                + subjects.stream().map(Subject::name).sorted().collect(joining(",")));
        String role = catalogue.of(id).find(binding).orElseThrow().fingerprint();
        change(id, was -> Changed.bindings(was, bindings -> bindings.put(binding, new Bound(role, subjects))));
    }

    @Override
    public byte[] sign(String owner, byte[] request) {
        journal.enter("sign request of " + owner);
        return signer.sign(request, clock.instant());
    }

    @Override
    public void deleteStaleRequests() {
        journal.enter("delete stale requests");
    }

    @Override
    public void record(AccountId id, AccountRecord record, Marker marker) {
        journal.enter("record " + id + " generation " + record.generation());
        change(id, was -> Changed.marker(Changed.record(was, record), Optional.of(marker)));
    }

    @Override
    public void mark(AccountId id, Marker marker) {
        journal.enter("mark " + id + " " + marker.status());
        change(id, was -> Changed.marker(was, Optional.of(marker)));
    }

    @Override
    public Map<AccountId, RecordState> provisioned() {
        journal.enter("read records");
        return accounts.entrySet().stream().filter(entry -> entry.getValue().record().known().isPresent())
                .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().record()));
    }

    @Override
    public void recordState(AccountId id, AccountRecord record) {
        journal.enter("record " + id + " " + record.state().label());
        change(id, was -> Changed.record(was, record));
    }

    @Override
    public Set<AccountId> unrecorded() {
        return accounts.entrySet().stream().filter(entry -> entry.getValue().isForeign()).map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
    }

    @Override
    public Set<AccountId> withPodSecurityPolicy() {
        return Set.of();
    }

    @Override
    public void deletePodSecurityPolicy(AccountId tool) {
        journal.enter("delete PodSecurityPolicy of " + tool);
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
        journal.enter("delete " + binding.name() + " of " + admin);
        change(admin, was -> Changed.bindings(was, bindings -> bindings.remove(binding)));
    }

    @Override
    public void delete(AccountId id) {
        journal.enter("delete " + id);
        change(id, was -> Changed.tombstone(Observed.nothing(id), was.tombstone()));
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
        change(tool, was -> Changed.blocked(was, blocked));
    }

    private void setTombstone(AccountId id, Optional<Tombstone> tombstone) {
        change(id, was -> Changed.tombstone(was, tombstone));
    }

    @Override
    public Optional<String> complaint() {
        return complaint;
    }

    @Override
    public Duration clockLead(Duration doubtful) {
        return clockLead;
    }

    @Override
    public ClusterAccess access() {
        return new ClusterAccess("https://api.example:6443", bundle);
    }

    @Override
    public void close() {
        // nothing is held
    }

    private static byte[] concatenated(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private Observed state(AccountId id) {
        return accounts.computeIfAbsent(id, Observed::nothing);
    }
}
