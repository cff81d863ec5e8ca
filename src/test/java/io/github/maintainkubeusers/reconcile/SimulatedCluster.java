package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterChanges;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.cluster.LegacyObjects;
import io.github.maintainkubeusers.cluster.RemovalApprovals;
import io.github.maintainkubeusers.kube.ApiServerHealth;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.RemovalApproval;
import io.github.maintainkubeusers.plan.Versions;
import io.github.maintainkubeusers.testing.Changed;
import io.github.maintainkubeusers.testing.InMemoryApiServer;
import io.github.maintainkubeusers.testing.NoLegacyObjects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The cluster as one process sees it: what others write is seen only when the watch brings it. */
final class SimulatedCluster implements Cluster {
  private final InMemoryApiServer server;
  private final Thief thief;
  private final InstantSource clock;
  private final Disturbance disturbance;
  private final boolean checksVersions;
  private final boolean statesFacts;
  private final Map<AccountId, Observed> seen = new TreeMap<>();
  private final Set<AccountId> coming = new TreeSet<>();
  private final Consumer<AccountId> watcher = coming::add;
  private ClusterChanges listener = _ -> {};
  private int writes;

  SimulatedCluster(
      InMemoryApiServer server,
      Thief thief,
      InstantSource clock,
      Disturbance disturbance,
      Mutant mutant) {
    this.server = server;
    this.thief = thief;
    this.clock = clock;
    this.disturbance = disturbance;
    this.checksVersions = mutant.checksVersions();
    this.statesFacts = mutant.statesFacts();
    server.watch(watcher);
  }

  /** How many calls have changed something. */
  int writes() {
    return writes;
  }

  /** The watch brings what has happened, some of it or all. */
  void deliver(int most) {
    for (AccountId id : List.copyOf(coming).subList(0, Math.min(most, coming.size()))) {
      coming.remove(id);
      seen.put(id, server.get(id));
      listener.changed(id);
    }
  }

  @Override
  public void load() {
    seen.clear();
    coming.clear();
    server.ids().forEach(id -> seen.put(id, server.get(id)));
    SimulatedWorld.ACCOUNTS.forEach(
        id -> seen.put(id, server.get(id))); // others may have bound their Users
  }

  @Override
  public void follow(ClusterChanges changes) {
    listener = changes;
  }

  @Override
  public Observed observe(AccountId id) {
    return seen.getOrDefault(id, Observed.nothing(id));
  }

  @Override
  public Map<AccountId, RecordState> records() {
    var records = new TreeMap<AccountId, RecordState>();
    seen.forEach(
        (id, observed) -> {
          if (!(observed.record() instanceof RecordState.None)) {
            records.put(id, observed.record());
          }
        });
    return records;
  }

  @Override
  public Set<AccountId> known() {
    var known = new TreeSet<AccountId>();
    seen.forEach(
        (id, observed) -> {
          if (!(observed.record() instanceof RecordState.None)
              || observed.hasRights()
              || (!observed.versions().record().isEmpty()
                  && observed.namespace() == NamespaceState.READY)) {
            known.add(id);
          }
        });
    return known;
  }

  @Override
  public Versions perform(AccountId id, ClusterStep step, Versions versions) {
    disturbance.before();
    Versions expected = checksVersions ? versions : server.get(id).versions();
    Observed after = write(id, () -> server.perform(id, step, expected));
    Versions known = InMemoryApiServer.known(versions, step, after);
    seen.compute(
        id,
        (_, before) ->
            Changed.versions(
                InMemoryApiServer.applied(before == null ? Observed.nothing(id) : before, step),
                InMemoryApiServer.known(
                    before == null ? Versions.NONE : before.versions(), step, after)));
    disturbance.after();
    return known;
  }

  @Override
  public Versions state(AccountId id, AdminFacts facts, Versions versions) {
    disturbance.before();
    Observed after =
        write(id, () -> server.state(id, statesFacts ? facts : AdminFacts.NONE, versions));
    seen.put(id, after);
    disturbance.after();
    return versions.withRecord(after.versions().record());
  }

  private Observed write(AccountId id, Supplier<Observed> call) {
    writes++;
    try {
      return call.get();
    } catch (ClusterException e) {
      seen.put(id, server.get(id));
      throw e;
    }
  }

  @Override
  public void forgetTombstone(AccountId id) {
    disturbance.before();
    writes++;
    server.change(id, was -> Changed.tombstone(was, Optional.empty()));
    seen.put(id, server.get(id));
    disturbance.after();
  }

  @Override
  public byte[] sign(String owner, byte[] request, SigningTerms terms) {
    disturbance.before();
    byte[] certificate = thief.signed(request, clock.instant());
    disturbance.after();
    return certificate;
  }

  @Override
  public Optional<String> userOf(byte[] certificate, byte[] key) {
    throw new UnsupportedOperationException("the client CAs are known");
  }

  @Override
  public String deliver(
      Service service, Map<String, byte[]> files, Map<String, String> annotations) {
    throw new UnsupportedOperationException("no service is declared here");
  }

  @Override
  public Map<String, byte[]> delivered(Service service) {
    throw new UnsupportedOperationException("no service is declared here");
  }

  @Override
  public void deleteStale(Instant now) {
    for (AccountId id : new ArrayList<>(seen.keySet())) {
      if (observe(id).tombstone().filter(grave -> now.isAfter(grave.notAfter())).isPresent()) {
        forgetTombstone(id);
      }
    }
  }

  @Override
  public ClusterEndpoint endpoint() {
    return new ClusterEndpoint("https://api.example:6443", thief.bundle());
  }

  @Override
  public RemovalApprovals approvals() {
    return new RemovalApprovals() {
      @Override
      public Optional<RemovalApproval> current() {
        return Optional.empty();
      }

      @Override
      public void give(RemovalApproval approval) {
        throw new UnsupportedOperationException("the budget of simulations is large enough");
      }

      @Override
      public void use(Instant now) {
        throw new UnsupportedOperationException("the budget of simulations is large enough");
      }
    };
  }

  @Override
  public ApiServerHealth health() {
    return new ApiServerHealth() {
      @Override
      public Optional<String> degradedReason() {
        return Optional.empty();
      }

      @Override
      public Duration clockSkew(Duration doubtful) {
        return Duration.ZERO;
      }
    };
  }

  @Override
  public LegacyObjects legacy() {
    return new NoLegacyObjects();
  }

  @Override
  public void close() {
    server.unwatch(watcher);
  }

  /** The accounts of which something is yet to be seen. */
  Collection<AccountId> coming() {
    return coming;
  }
}
