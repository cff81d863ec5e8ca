package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.kube.ApiServerHealth;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ConnectionHealth;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Reflector;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.Delivery;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Versions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A real cluster. */
public final class KubernetesCluster implements Cluster {
  private final ClusterConnection connection;
  private final Catalogue catalogue;
  private final Namespaces namespaces;
  private final ToolObjects toolObjects;
  private final ClusterRoleBindings clusterBindings;
  private final UserGrants grants = new UserGrants();
  private final SecretObjects secrets;
  private final ServiceObjects services;
  private final Quarantine quarantine;
  private final StatusConfigMaps records;
  private final FormerRecords former;
  private final ToolStatus shown;
  private final SigningRequests requests;
  private final EndpointSource endpoint;
  private final Tombstones tombstones;
  private final RemovalApprovalMap approvals;
  private final ClusterCaches caches;
  private final Lock lists = new ReentrantLock();
  private final List<Reflector<?>> reflectors = new ArrayList<>();
  private volatile ClusterChanges changes = _ -> {};

  public KubernetesCluster(
      ClusterConnection connection,
      ClusterSettings settings,
      Catalogue catalogue,
      Services declared,
      SecureRandom random,
      InstantSource clock) {
    this.connection = requireNonNull(connection, "connection is null");
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.namespaces = new Namespaces(connection, catalogue);
    this.toolObjects = new ToolObjects(connection, catalogue);
    this.clusterBindings = new ClusterRoleBindings(connection, catalogue);
    this.secrets = new SecretObjects(connection, declared);
    this.quarantine = new Quarantine(connection);
    this.records = new StatusConfigMaps(connection, settings.namespace());
    this.former = new FormerRecords(connection);
    this.shown = new ToolStatus(namespaces, records, former);
    this.requests = new SigningRequests(connection, settings, random, clock);
    this.endpoint = new EndpointSource(connection, settings, clock);
    this.tombstones = new Tombstones(connection, settings.namespace());
    this.services =
        new ServiceObjects(
            records,
            clusterBindings,
            new RenewalBindings(toolObjects.objects(), catalogue),
            secrets,
            tombstones);
    this.approvals = new RemovalApprovalMap(connection, settings.namespace());
    this.caches =
        new ClusterCaches(
            settings.namespace(),
            namespaces.cache(),
            toolObjects.contentCaches(),
            toolObjects.bindingCache(),
            records.cache(),
            List.of(
                clusterBindings.objects().cache(),
                quarantine.cache(),
                requests.cache(),
                endpoint.clusterInfo(),
                endpoint.rootCa(),
                tombstones.cache(),
                approvals.cache()),
            List.of(secrets::load, endpoint.clientCas()::load));
    listen();
  }

  @Override
  public void load() {
    caches.load();
    loadFormer();
  }

  @Override
  public void load(AccountId id) {
    caches.load(id);
    loadFormer();
  }

  @Override
  public void loadRecords() {
    caches.loadRecords();
  }

  private void loadFormer() {
    former.load(
        namespaces
            .ours()
            .map(this::observeTool)
            .filter(seen -> seen.isUnrecordedUser() && seen.status().isEmpty())
            .map(Observed::id)
            .toList());
  }

  @Override
  public void follow(ClusterChanges listening) {
    changes = listening;
    caches.all().forEach(cache -> follow(cache, listening));
    secrets.caches().forEach(cache -> follow(cache, listening));
    endpoint.clientCas().followed().ifPresent(cache -> follow(cache, listening));
  }

  private void follow(ObjectCache<?, ?> cache, ClusterChanges listening) {
    reflectors.add(Reflector.start(cache, connection.listener(), lists, listening::reconnected));
  }

  @Override
  public Observed observe(AccountId id) {
    return switch (id.kind()) {
      case TOOL -> observeTool(id);
      case ADMIN -> observeAdmin(id);
      case SERVICE -> services.observe(id);
    };
  }

  @Override
  public Map<AccountId, RecordState> records() {
    var states = new HashMap<AccountId, RecordState>();
    namespaces.recorded().forEach(state -> states.put(state.tool(), state.record()));
    records.sharing().forEach(admin -> states.put(admin, records.sharedRecord(admin)));
    return states;
  }

  @Override
  public Set<AccountId> known() {
    return Stream.of(
            namespaces.ours(),
            records.sharing(),
            clusterBindings.bound().stream(),
            services.bound().stream())
        .flatMap(ids -> ids)
        .collect(toUnmodifiableSet());
  }

  @Override
  public Versions perform(AccountId id, ClusterStep step, Versions versions) {
    return switch (step) {
      case ClusterStep.SetSubjects(var binding, var subjects) ->
          bindings(id, binding.object()).set(id, binding, subjects, versions);
      case ClusterStep.RemoveSubjects(var binding, var remaining) ->
          bindings(id, binding).remove(id, binding, remaining, versions);
      case ClusterStep.DeleteBinding(var binding) ->
          bindings(id, binding).delete(id, binding, versions);
      default ->
          switch (id.kind()) {
            case TOOL -> performForTool(id, step, versions);
            case ADMIN, SERVICE -> performShared(id, step, versions);
          };
    };
  }

  private Versions performForTool(AccountId tool, ClusterStep step, Versions versions) {
    switch (step) {
      case ClusterStep.ApplyNamespace(var labels) -> {
        return versions.withRecord(namespaces.apply(tool, labels, versions.record()));
      }
      case ClusterStep.WriteRecord(var record, var status) -> {
        Versions written = versions.withRecord(namespaces.record(tool, record, versions.record()));
        status.ifPresent(text -> shown.show(tool, text));
        return written;
      }
      case ClusterStep.CreateObject(var object) -> toolObjects.put(object, tool);
      case ClusterStep.UpdateObject(var object) -> toolObjects.put(object, tool);
      case ClusterStep.Suspend() -> quarantine.begin(tool);
      case ClusterStep.Resume() -> quarantine.end(tool);
      case ClusterStep.DeletePods() -> quarantine.deletePods(tool);
      case ClusterStep.WriteStatus(var status) -> shown.show(tool, status);
      case ClusterStep.Bury(var tombstone) -> tombstones.bury(tool, tombstone);
      case ClusterStep.Remove() -> namespaces.delete(tool, versions.record());
      case ClusterStep.SetSubjects _, ClusterStep.RemoveSubjects _, ClusterStep.DeleteBinding _ ->
          throw misplaced(tool, step);
    }
    return versions;
  }

  /** For an account whose record stands in the object that all of its kind share. */
  private Versions performShared(AccountId id, ClusterStep step, Versions versions) {
    switch (step) {
      case ClusterStep.WriteRecord(var record, var status) -> {
        return versions.withRecord(records.recordShared(id, record, status, versions.record()));
      }
      case ClusterStep.WriteStatus(var status) when id.kind() == AccountKind.ADMIN ->
          records.writeAdmin(id, status);
      case ClusterStep.Bury(var tombstone) -> tombstones.bury(id, tombstone);
      case ClusterStep.Remove() -> records.deleteShared(id, versions.record());
      case ClusterStep.ApplyNamespace _,
          ClusterStep.CreateObject _,
          ClusterStep.UpdateObject _,
          ClusterStep.Suspend _,
          ClusterStep.Resume _,
          ClusterStep.DeletePods _,
          ClusterStep.SetSubjects _,
          ClusterStep.RemoveSubjects _,
          ClusterStep.DeleteBinding _,
          ClusterStep.WriteStatus _ ->
          throw misplaced(id, step);
    }
    return versions;
  }

  @Override
  public Versions state(AccountId id, AdminFacts facts, Versions versions) {
    return versions.withRecord(
        switch (id.kind()) {
          case TOOL -> namespaces.state(id, facts, versions.record());
          case ADMIN, SERVICE -> records.stateShared(id, facts, versions.record());
        });
  }

  @Override
  public void forgetTombstone(AccountId id) {
    tombstones.forget(id);
  }

  @Override
  public byte[] sign(String owner, byte[] request, SigningTerms terms) {
    return requests.sign(owner, request, terms);
  }

  @Override
  public String deliver(
      Service service, Map<String, byte[]> files, Map<String, String> annotations) {
    return secrets.deliver(service, files, annotations);
  }

  @Override
  public Map<String, byte[]> delivered(Service service) {
    return secrets.delivered(service);
  }

  @Override
  public Optional<String> userOf(byte[] certificate, byte[] key) {
    return connection.userOf(certificate, key);
  }

  @Override
  public void deleteStale(Instant now) {
    requests.deleteStale();
    tombstones.deleteExpired(now);
  }

  @Override
  public ClusterEndpoint endpoint() {
    return endpoint.endpoint();
  }

  @Override
  public RemovalApprovals approvals() {
    return approvals;
  }

  @Override
  public ApiServerHealth health() {
    return new ConnectionHealth(connection);
  }

  @Override
  public LegacyObjects legacy() {
    return new ToolLeftovers(toolObjects, former, connection);
  }

  @Override
  public void close() {
    reflectors.forEach(Reflector::close);
    connection.close();
  }

  /**
   * What a tool can change at any moment is looked at with the next pass; everything else at once.
   */
  private void listen() {
    Consumer<AccountId> changed = id -> changes.changed(id);
    clusterBindings.objects().cache().onChange(grants.follow(clusterBindings::owner, changed));
    toolObjects.objects().cache().onChange(grants.follow(toolObjects::owner, changed));
    namespaces.cache().onChange((key, _) -> Names.toolOf(key.name()).ifPresent(changed));
    for (ObjectCache<?, ?> cache : toolObjects.urgentCaches()) {
      cache.onChange((key, _) -> Names.toolOf(key.namespace()).ifPresent(changed));
    }
    records.follow(changed);
    clusterBindings
        .objects()
        .cache()
        .onChange((key, _) -> clusterBindings.owner(key).ifPresent(changed));
    services.follow(changed);
  }

  private AccountBindings bindings(AccountId id, ManagedObject binding) {
    return switch (id.kind()) {
      case TOOL -> toolObjects;
      case ADMIN -> clusterBindings;
      case SERVICE -> services.bindings(binding);
    };
  }

  private Observed observeTool(AccountId tool) {
    Namespaces.State state = namespaces.state(tool);
    String namespace = Names.namespace(tool);
    List<ExistingBinding> bindings =
        state.namespace().isOurs() ? toolObjects.existing(namespace) : List.of();
    return new Observed(
        tool,
        state.condition(catalogue.of(tool)),
        state.record(),
        state.facts(),
        shown.read(state),
        toolObjects.contents(namespace),
        AccountBindings.observed(bindings),
        quarantine.isQuarantined(namespace),
        tombstones.of(tool),
        grants.others(tool),
        Delivery.UNCHECKED,
        new Versions(state.version(), AccountBindings.versions(bindings)));
  }

  private Observed observeAdmin(AccountId admin) {
    List<ExistingBinding> bindings = clusterBindings.existing(admin);
    return new Observed(
        admin,
        NamespaceState.READY,
        records.sharedRecord(admin),
        records.sharedFacts(admin),
        records.status(admin),
        Map.of(),
        AccountBindings.observed(bindings),
        false,
        tombstones.of(admin),
        grants.others(admin),
        Delivery.UNCHECKED,
        new Versions(records.sharedVersion(admin), AccountBindings.versions(bindings)));
  }

  private static IllegalArgumentException misplaced(AccountId id, ClusterStep step) {
    return new IllegalArgumentException(
        id + " cannot have the step " + step.getClass().getSimpleName());
  }
}
