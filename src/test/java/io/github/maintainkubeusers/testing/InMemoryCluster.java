package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.cluster.ClusterChanges;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.cluster.LegacyObjects;
import io.github.maintainkubeusers.cluster.RemovalApprovals;
import io.github.maintainkubeusers.credential.KeyMatch;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.credential.SubjectName;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.kube.ApiServerHealth;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.Delivery;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.RemovalApproval;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.plan.Versions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A cluster that does as it is told, signs what it is sent, and tells of each change as a watch
 * does.
 */
public final class InMemoryCluster implements Cluster {
  private final Journal journal;
  private final InstantSource clock;
  private final InMemoryApiServer server;
  private final TestingAuthority authority;
  private final Consumer<AccountId> watcher = this::changed;
  private final Map<AccountId, Map<String, byte[]>> secrets = new ConcurrentHashMap<>();
  private volatile byte[] bundle;
  private volatile TestingAuthority signer;
  private volatile Optional<TestingAuthority> hidden = Optional.empty();
  private volatile ClusterChanges listener = _ -> {};
  private volatile Optional<RemovalApproval> approval = Optional.empty();
  private volatile Optional<String> complaint = Optional.empty();
  private volatile Duration clockSkew = Duration.ZERO;

  public InMemoryCluster(Journal journal, InstantSource clock) {
    this(
        journal,
        clock,
        new InMemoryApiServer(),
        TestingAuthority.root("CN=kubernetes", clock.instant()));
  }

  /** One of several that reach the same API server. */
  public InMemoryCluster(
      Journal journal, InstantSource clock, InMemoryApiServer server, TestingAuthority authority) {
    this.journal = journal;
    this.clock = clock;
    this.server = server;
    this.authority = authority;
    this.signer = authority;
    this.bundle = authority.certificate();
    server.watch(watcher);
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

  /** The API server knows clients by this authority alone, and lets nobody read that. */
  public void hideClientCa(TestingAuthority clientCa) {
    hidden = Optional.of(clientCa);
  }

  public void signAgain() {
    signer = authority;
  }

  /** What an owner or another admin does; listeners are told. */
  public void change(AccountId id, UnaryOperator<Observed> change) {
    server.change(id, change);
  }

  public void deleteStatus(AccountId id) {
    change(id, was -> Changed.status(was, Optional.empty()));
  }

  /** The API server is unwell, or well again. */
  public void complain(Optional<String> reason) {
    complaint = reason;
  }

  public void setClockLead(Duration lead) {
    clockSkew = lead;
  }

  public Optional<AccountRecord> record(AccountId id) {
    return server.get(id).record().known();
  }

  public void tell(AccountId id) {
    changed(id);
  }

  public InMemoryApiServer server() {
    return server;
  }

  @Override
  public void load() {
    journal.enter("load");
  }

  @Override
  public void follow(ClusterChanges changes) {
    journal.enter("follow");
    listener = changes;
  }

  /** Tells who follows that the connection was lost and works again. */
  public void reconnect() {
    listener.reconnected();
  }

  @Override
  public Observed observe(AccountId id) {
    journal.enter("observe " + id);
    return server.get(id);
  }

  @Override
  public Map<AccountId, RecordState> records() {
    journal.enter("read records");
    var records = new TreeMap<AccountId, RecordState>();
    for (AccountId id : ids()) {
      RecordState record = server.get(id).record();
      if (!(record instanceof RecordState.None)) {
        records.put(id, record);
      }
    }
    return records;
  }

  @Override
  public Set<AccountId> known() {
    return ids().stream().filter(id -> isKnown(server.get(id))).collect(toCollection(TreeSet::new));
  }

  private Collection<AccountId> ids() {
    return server.ids();
  }

  private static boolean isKnown(Observed observed) {
    return !(observed.record() instanceof RecordState.None)
        || observed.hasRights()
        || (observed.versions().record().length() > 0
            && observed.namespace() == NamespaceState.READY);
  }

  @Override
  public Versions perform(AccountId id, ClusterStep step, Versions versions) {
    journal.enter(words(id, step));
    return InMemoryApiServer.known(versions, step, server.perform(id, step, versions));
  }

  @Override
  public Versions state(AccountId id, AdminFacts facts, Versions versions) {
    journal.enter("state " + id + " " + facts.toEntries());
    return versions.withRecord(server.state(id, facts, versions).versions().record());
  }

  @Override
  public void forgetTombstone(AccountId id) {
    journal.enter("forget " + id);
    server.change(id, was -> Changed.tombstone(was, Optional.empty()));
  }

  @Override
  public byte[] sign(String owner, byte[] request, SigningTerms terms) {
    journal.enter("sign request of " + owner);
    return terms
        .lifetime()
        .map(life -> signer.sign(request, clock.instant(), life))
        .orElseGet(() -> signer.sign(request, clock.instant()));
  }

  @Override
  public String deliver(
      Service service, Map<String, byte[]> files, Map<String, String> annotations) {
    journal.enter("deliver to " + service.id() + " " + new TreeSet<>(files.keySet()));
    secrets.put(service.id(), Map.copyOf(files));
    server.change(
        service.id(),
        was ->
            Changed.delivery(
                Changed.status(was, Optional.of(new CredentialStatus("", "", true))),
                Delivery.UNCHECKED));
    return "%016x".formatted(files.hashCode());
  }

  @Override
  public Map<String, byte[]> delivered(Service service) {
    return secrets.getOrDefault(service.id(), Map.of());
  }

  /** Deletes a service's Secret, as whoever may does to have new credentials. */
  public void deleteSecret(AccountId service) {
    secrets.remove(service);
    server.change(service, was -> Changed.status(was, Optional.empty()));
  }

  @Override
  public Optional<String> userOf(byte[] certificate, byte[] key) {
    journal.enter("try a certificate");
    ParsedCertificate leaf = ParsedCertificate.parse(certificate).getFirst();
    return hidden
        .map(TestingAuthority::certificate)
        .filter(ca -> leaf.isSignedBy(ParsedCertificate.parse(ca).getFirst()))
        .filter(_ -> leaf.match(key) == KeyMatch.MATCHES)
        .flatMap(_ -> leaf.subjectName())
        .map(SubjectName::commonName);
  }

  @Override
  public void deleteStale(Instant now) {
    journal.enter("delete stale objects");
    for (AccountId id : ids()) {
      if (server.get(id).tombstone().filter(grave -> now.isAfter(grave.notAfter())).isPresent()) {
        forgetTombstone(id);
      }
    }
  }

  @Override
  public ClusterEndpoint endpoint() {
    return new ClusterEndpoint(
        "https://api.example:6443",
        bundle,
        hidden.isPresent() ? Optional.empty() : Optional.of(bundle));
  }

  @Override
  public RemovalApprovals approvals() {
    return new RemovalApprovals() {
      @Override
      public Optional<RemovalApproval> current() {
        return approval;
      }

      @Override
      public void give(RemovalApproval given) {
        approval = Optional.of(given);
      }

      @Override
      public void use(Instant now) {
        journal.enter("use approval");
        approval = Optional.empty();
      }
    };
  }

  @Override
  public ApiServerHealth health() {
    return new ApiServerHealth() {
      @Override
      public Optional<String> degradedReason() {
        return complaint;
      }

      @Override
      public Duration clockSkew(Duration doubtful) {
        return clockSkew;
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

  private void changed(AccountId id) {
    listener.changed(id);
  }

  private static String words(AccountId id, ClusterStep step) {
    return switch (step) {
      case ClusterStep.ApplyNamespace _ -> "apply namespace of " + id;
      case ClusterStep.CreateObject(var object) -> "put " + object.object().name() + " of " + id;
      case ClusterStep.UpdateObject(var object) -> "put " + object.object().name() + " of " + id;
      case ClusterStep.SetSubjects(var binding, var subjects) ->
          "bind " + binding.object().name() + " of " + id + " to " + names(subjects);
      case ClusterStep.RemoveSubjects(var binding, var remaining) ->
          "restrict " + binding.name() + " of " + id + " to " + names(remaining);
      case ClusterStep.DeleteBinding(var binding) -> "delete " + binding.name() + " of " + id;
      case ClusterStep.Suspend() -> "suspend " + id;
      case ClusterStep.Resume() -> "resume " + id;
      case ClusterStep.DeletePods() -> "delete pods of " + id;
      case ClusterStep.WriteRecord(var record, _) ->
          "record "
              + id
              + " "
              + record.state().label()
              + record
                  .credential()
                  .map(credential -> " generation " + credential.number())
                  .orElse("");
      case ClusterStep.WriteStatus(var status) -> "show " + id + " " + status.status();
      case ClusterStep.Bury _ -> "bury " + id;
      case ClusterStep.Remove() -> "delete " + id;
    };
  }

  private static String names(Set<Subject> subjects) {
    return subjects.stream().map(Subject::name).sorted().collect(joining(","));
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
