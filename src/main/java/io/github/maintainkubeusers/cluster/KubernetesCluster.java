package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.plan.Allowance;
import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.Marker;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Subject;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.VersionApi;

/** A real cluster. */
public final class KubernetesCluster implements Cluster {
    private final ClusterConnection connection;
    private final Catalogue catalogue;
    private final Namespaces namespaces;
    private final ToolObjects toolObjects;
    private final AdminObjects adminObjects;
    private final Quarantine quarantine;
    private final RecordConfigMaps records;
    private final SigningRequests requests;
    private final AccessSource access;
    private final Tombstones tombstones;
    private final Allowances allowances;
    private final Changes changes = new Changes();
    private final Overview overview;
    private final List<Mirror<?, ?>> mirrors = new ArrayList<>();
    private final List<Follower<?>> followers = new ArrayList<>();

    public KubernetesCluster(ClusterConnection connection, ClusterSettings settings, Catalogue catalogue,
            SecureRandom random, InstantSource clock) {
        this.connection = requireNonNull(connection, "connection is null");
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.namespaces = new Namespaces(connection, catalogue);
        this.toolObjects = new ToolObjects(connection, catalogue);
        this.adminObjects = new AdminObjects(connection, catalogue);
        this.quarantine = new Quarantine(connection);
        this.records = new RecordConfigMaps(connection, settings.namespace());
        this.overview = new Overview(namespaces, toolObjects, records, changes);
        this.requests = new SigningRequests(connection, settings, random, clock);
        this.access = new AccessSource(connection, settings.server());
        this.tombstones = new Tombstones(connection, settings.namespace());
        this.allowances = new Allowances(connection, settings.namespace());
        mirrors.add(namespaces.mirror());
        mirrors.addAll(toolObjects.mirrors());
        mirrors.addAll(List.of(adminObjects.mirror(), quarantine.mirror(), records.mirror(),
                requests.mirror(), access.clusterInfo(), access.rootCa(), tombstones.mirror(), allowances.mirror()));
        count();
    }

    @Override
    public void load() {
        mirrors.forEach(Mirror::load);
    }

    @Override
    public void follow() {
        mirrors.forEach(mirror -> followers.add(Follower.start(mirror, connection.listener())));
    }

    /** What a tool writes into its ConfigMap waits for the next pass; that it is gone does not. */
    @Override
    public void onChange(Consumer<AccountId> listener) {
        namespaces.mirror().onChange((key, _) -> Names.toolOf(key.name()).ifPresent(listener));
        for (Mirror<?, ?> mirror : toolObjects.urgentMirrors()) {
            mirror.onChange((key, _) -> Names.toolOf(key.namespace()).ifPresent(listener));
        }
        records.mirror().onChange((key, value) -> {
            if (value.isEmpty()) {
                Names.toolOf(key.namespace()).ifPresent(listener);
            }
        });
        adminObjects.mirror().onChange((key, _) -> Names.adminOf(key.name()).ifPresent(listener));
    }

    @Override
    public Observed observe(AccountId id) {
        return switch (id.kind()) {
            case TOOL -> observeTool(id);
            case ADMIN -> observeAdmin(id);
        };
    }

    @Override
    public long changes(AccountId id) {
        return changes.seen(id);
    }

    @Override
    public void applyNamespace(AccountId tool) {
        namespaces.apply(tool);
    }

    @Override
    public void put(ManagedObject object, AccountId id) {
        toolObjects.put(object, id);
    }

    @Override
    public void bind(ManagedObject binding, AccountId id, Set<Subject> subjects) {
        switch (id.kind()) {
            case TOOL -> toolObjects.bind(binding, id, subjects);
            case ADMIN -> adminObjects.bind(binding, id, subjects);
        }
    }

    @Override
    public byte[] sign(String owner, byte[] request) {
        return requests.sign(owner, request);
    }

    @Override
    public void deleteStaleRequests() {
        requests.deleteStale();
    }

    @Override
    public void record(AccountId id, AccountRecord record, Marker marker) {
        switch (id.kind()) {
            case TOOL -> {
                namespaces.record(id, record);
                records.markTool(id, marker);
            }
            case ADMIN -> records.writeAdmin(id, record, marker);
        }
    }

    @Override
    public void mark(AccountId id, Marker marker) {
        switch (id.kind()) {
            case TOOL -> records.markTool(id, marker);
            case ADMIN -> records.markAdmin(id, marker);
        }
    }

    @Override
    public Map<AccountId, RecordState> provisioned() {
        return overview.provisioned();
    }

    @Override
    public Set<AccountId> unrecorded() {
        return overview.unrecorded();
    }

    @Override
    public Set<AccountId> withPodSecurityPolicy() {
        return overview.withPodSecurityPolicy();
    }

    @Override
    public void deletePodSecurityPolicy(AccountId tool) {
        toolObjects.deletePodSecurityPolicyBindings(tool);
        new PodSecurityPolicies(connection).delete(tool);
    }

    @Override
    public void recordState(AccountId id, AccountRecord record) {
        switch (id.kind()) {
            case TOOL -> namespaces.record(id, record);
            case ADMIN -> records.annotateAdmin(id, record);
        }
    }

    @Override
    public void block(AccountId tool) {
        quarantine.begin(tool);
    }

    @Override
    public void unblock(AccountId tool) {
        quarantine.end(tool);
    }

    @Override
    public void deletePods(AccountId tool) {
        quarantine.deletePods(tool);
    }

    @Override
    public void deleteBinding(ManagedObject binding, AccountId id) {
        switch (id.kind()) {
            case TOOL -> toolObjects.deleteBinding(binding, id);
            case ADMIN -> adminObjects.deleteBinding(binding, id);
        }
    }

    @Override
    public void delete(AccountId id) {
        switch (id.kind()) {
            case TOOL -> namespaces.delete(id);
            case ADMIN -> records.deleteAdmin(id);
        }
    }

    @Override
    public void bury(AccountId id, Tombstone tombstone) {
        tombstones.bury(id, tombstone);
    }

    @Override
    public void forget(AccountId id) {
        tombstones.forget(id);
    }

    @Override
    public void deleteExpiredTombstones(Instant now) {
        tombstones.deleteExpired(now);
    }

    @Override
    public Optional<Allowance> allowance() {
        return allowances.current();
    }

    @Override
    public void allow(Allowance allowance) {
        allowances.give(allowance);
    }

    @Override
    public void useAllowance(Instant now) {
        allowances.use(now);
    }

    @Override
    public ClusterAccess access() {
        return access.access();
    }

    @Override
    public Optional<String> complaint() {
        return connection.condition().complaint();
    }

    @Override
    public Duration clockLead(Duration doubtful) {
        if (connection.condition().lead().abs().compareTo(doubtful) > 0) {
            try {
                Object _ = new VersionApi(connection.calls()).getCode().execute();
            } catch (ApiException e) {
                throw Failures.of("ask the API server for the time", e);
            }
        }
        return connection.condition().lead();
    }

    @Override
    public void close() {
        followers.forEach(Follower::close);
        connection.close();
    }

    /**
     * Of the accounts of which {@link #observe} shows something of these objects. Before any other listener hears of a
     * change: one that asks for the number at once must be told of it.
     */
    private void count() {
        namespaces.mirror().onChange((key, _) -> changes.of(key.name()));
        toolObjects.mirrors().forEach(mirror -> mirror.onChange((key, _) -> changes.of(key.namespace())));
        quarantine.mirror().onChange((key, _) -> changes.of(key.namespace()));
        records.mirror().onChange((key, _) -> {
            if (records.isShared(key)) {
                changes.ofAll();
            } else {
                changes.of(key.namespace());
            }
        });
        adminObjects.mirror().onChange((_, _) -> changes.ofAll());
        tombstones.mirror().onChange((_, _) -> changes.ofAll());
    }

    private Observed observeTool(AccountId tool) {
        Blueprint blueprint = catalogue.of(tool);
        return new Observed(tool, namespaces.condition(tool, blueprint), namespaces.state(tool).record(),
                records.marker(tool), toolObjects.contents(tool), toolObjects.bindings(tool), quarantine.holds(tool),
                tombstones.of(tool));
    }

    private Observed observeAdmin(AccountId admin) {
        return new Observed(admin, NamespaceState.READY, records.adminRecord(admin), records.marker(admin), Map.of(),
                adminObjects.bindings(admin), false, tombstones.of(admin));
    }
}
