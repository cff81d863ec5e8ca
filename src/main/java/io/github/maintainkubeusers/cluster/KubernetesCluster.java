package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.plan.Allowance;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Subject;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;

/** A real cluster. */
public final class KubernetesCluster implements Cluster {
    private final ClusterConnection connection;
    private final Namespaces namespaces;
    private final ResourceQuotas quotas;
    private final LimitRanges limits;
    private final ToolBindings toolBindings;
    private final AdminBindings adminBindings;
    private final RecordConfigMaps records;
    private final SigningRequests requests;
    private final AccessSource access;
    private final Tombstones tombstones;
    private final Allowances allowances;
    private final List<Mirror<?, ?>> mirrors;
    private final List<Follower<?>> followers = new ArrayList<>();

    public KubernetesCluster(ClusterConnection connection, ClusterSettings settings, SecureRandom random,
            InstantSource clock) {
        this.connection = requireNonNull(connection, "connection is null");
        this.namespaces = new Namespaces(connection);
        this.quotas = new ResourceQuotas(connection);
        this.limits = new LimitRanges(connection);
        this.toolBindings = new ToolBindings(connection);
        this.adminBindings = new AdminBindings(connection);
        this.records = new RecordConfigMaps(connection, settings.namespace());
        this.requests = new SigningRequests(connection, settings, random, clock);
        this.access = new AccessSource(connection, settings.server());
        this.tombstones = new Tombstones(connection, settings.namespace());
        this.allowances = new Allowances(connection, settings.namespace());
        this.mirrors = List.of(namespaces.mirror(), quotas.mirror(), limits.mirror(), toolBindings.mirror(),
                adminBindings.mirror(), records.mirror(), requests.mirror(), access.clusterInfo(), access.rootCa(),
                tombstones.mirror(), allowances.mirror());
    }

    @Override
    public void load() {
        mirrors.forEach(Mirror::load);
    }

    @Override
    public void follow() {
        mirrors.forEach(mirror -> followers.add(Follower.start(mirror, connection.listener())));
    }

    @Override
    public void onChange(Consumer<AccountId> listener) {
        namespaces.mirror().onChange((key, _) -> Names.toolOf(key.name()).ifPresent(listener));
        for (Mirror<?, ?> mirror : List.of(quotas.mirror(), limits.mirror(), toolBindings.mirror(), records.mirror())) {
            mirror.onChange((key, _) -> Names.toolOf(key.namespace()).ifPresent(listener));
        }
        adminBindings.mirror().onChange((key, _) -> Names.adminOf(key.name()).ifPresent(listener));
    }

    @Override
    public Observed observe(AccountId id) {
        return switch (id.kind()) {
            case TOOL -> observeTool(id);
            case ADMIN -> observeAdmin(id);
        };
    }

    @Override
    public void applyNamespace(AccountId tool) {
        namespaces.apply(tool);
    }

    @Override
    public void create(ManagedObject object, AccountId id) {
        switch (object) {
            case RESOURCE_QUOTA -> quotas.create(id);
            case LIMIT_RANGE -> limits.create(id);
            case TOOL_BINDING, VIEW_BINDING, ADMIN_BINDING ->
                throw new IllegalArgumentException("a binding is bound, not created: " + object);
        }
    }

    @Override
    public void bind(ManagedObject binding, AccountId id, Set<Subject> subjects) {
        switch (binding) {
            case TOOL_BINDING -> toolBindings.apply(id, subjects);
            case VIEW_BINDING, ADMIN_BINDING -> adminBindings.apply(binding, id, subjects);
            case RESOURCE_QUOTA, LIMIT_RANGE -> throw new IllegalArgumentException("not a binding: " + binding);
        }
    }

    @Override
    public byte[] sign(AccountId id, byte[] request) {
        return requests.sign(id, request);
    }

    @Override
    public void deleteStaleRequests() {
        requests.deleteStale();
    }

    @Override
    public void record(AccountId id, AccountRecord record) {
        switch (id.kind()) {
            case TOOL -> {
                namespaces.record(id, record);
                records.writeTool(id, record.notAfter());
            }
            case ADMIN -> records.writeAdmin(id, record);
        }
    }

    @Override
    public Set<AccountId> provisioned() {
        return Stream.concat(namespaces.recorded(), records.admins()).collect(toUnmodifiableSet());
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
        quotas.block(tool);
    }

    @Override
    public void unblock(AccountId tool) {
        quotas.unblock(tool);
    }

    @Override
    public void deletePods(AccountId tool) {
        String action = "delete the pods of " + tool;
        try {
            new CoreV1Api(connection.calls()).deleteCollectionNamespacedPod(Names.namespace(tool)).execute();
        } catch (ApiException e) {
            throw Failures.of(action, e);
        } catch (RuntimeException e) {
            throw Failures.of(action, e);
        }
    }

    @Override
    public void deleteBinding(ManagedObject binding, AccountId admin) {
        adminBindings.delete(binding, admin);
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
    public void close() {
        followers.forEach(Follower::close);
        connection.close();
    }

    private Observed observeTool(AccountId tool) {
        Namespaces.State state = namespaces.state(tool);
        var present = EnumSet.noneOf(ManagedObject.class);
        if (quotas.present(tool)) {
            present.add(ManagedObject.RESOURCE_QUOTA);
        }
        if (limits.present(tool)) {
            present.add(ManagedObject.LIMIT_RANGE);
        }
        var subjects = new EnumMap<ManagedObject, Set<Subject>>(ManagedObject.class);
        toolBindings.subjects(tool).ifPresent(bound -> subjects.put(ManagedObject.TOOL_BINDING, bound));
        return new Observed(tool, state.namespace(), state.record(), records.toolMarker(tool), present, subjects,
                quotas.blocked(tool), tombstones.of(tool));
    }

    private Observed observeAdmin(AccountId admin) {
        Map<ManagedObject, Set<Subject>> subjects = new EnumMap<>(ManagedObject.class);
        for (ManagedObject binding : ManagedObject.of(admin.kind())) {
            Optional<Set<Subject>> bound = adminBindings.subjects(binding, admin);
            bound.ifPresent(value -> subjects.put(binding, value));
        }
        return new Observed(admin, NamespaceState.READY, records.adminRecord(admin), records.adminMarker(admin),
                Set.of(), subjects, false, tombstones.of(admin));
    }
}
