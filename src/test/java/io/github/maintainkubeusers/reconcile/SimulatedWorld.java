package io.github.maintainkubeusers.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.credential.ClientKey;
import io.github.maintainkubeusers.credential.KeyAlgorithm;
import io.github.maintainkubeusers.credential.SigningRequest;
import io.github.maintainkubeusers.credential.SubjectName;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.ObservedBinding;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Revocation;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.testing.Changed;
import io.github.maintainkubeusers.testing.InMemoryApiServer;
import io.github.maintainkubeusers.testing.InMemoryHomes;
import io.github.maintainkubeusers.testing.Journal;
import io.github.maintainkubeusers.testing.TestClock;
import io.github.maintainkubeusers.testing.TestingCatalogue;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Directory, cluster, homes, clock, a thief, and the controllers: what events happen to. */
final class SimulatedWorld {
  static final List<AccountId> ACCOUNTS =
      List.of(
          AccountId.tool("a"),
          AccountId.tool("b"),
          AccountId.tool("c"),
          AccountId.admin("a"),
          AccountId.admin("d"));
  static final Instant START = Instant.parse("2026-11-22T03:50:14Z");

  final TestClock clock = new TestClock(START);
  final InMemoryApiServer server = new InMemoryApiServer();
  final Journal journal = new Journal();
  final InMemoryHomes homes = new InMemoryHomes(journal);
  final Thief thief = new Thief(START);
  final Set<AccountId> broken = new HashSet<>();
  final Set<AccountId> full = new HashSet<>();
  final Map<AccountId, Account> directory = new TreeMap<>();
  final Oracle oracle = new Oracle(this);
  final Map<SimulatedEvent.Kind, Integer> happened = new EnumMap<>(SimulatedEvent.Kind.class);
  final Map<Disturbance.Kind, Integer> disturbed = new EnumMap<>(Disturbance.Kind.class);
  private final Mutant mutant;
  private Optional<InMemoryApiServer.Backup> backup = Optional.empty();
  private SimulatedProcess leader;
  private long seed;

  SimulatedWorld(long seed, Mutant mutant) {
    this.seed = seed;
    this.mutant = mutant;
    if (seed % 3 == 0) {
      provisionLegacy(ACCOUNTS.get(1));
      provisionLegacy(ACCOUNTS.get(4));
    }
    this.leader = start();
  }

  DirectorySnapshot snapshot() {
    return new DirectorySnapshot(List.copyOf(directory.values()), List.of(), clock.instant());
  }

  /**
   * @return what the oracle objects to, if anything
   */
  Optional<String> happen(SimulatedEvent event) {
    happened.merge(event.kind(), 1, Integer::sum);
    journal.clear();
    AccountId id = ACCOUNTS.get(event.account() % ACCOUNTS.size());
    try {
      act(event, id);
    } catch (Disturbance.KilledError _) {
      restart();
    }
    if (event.kind() == SimulatedEvent.Kind.ALL_IS_QUIET) {
      return quiet();
    }
    return oracle.always();
  }

  private void act(SimulatedEvent event, AccountId id) {
    int n = event.parameter();
    switch (event.kind()) {
      case ADD -> directory.putIfAbsent(id, account(id, 2000 + n % 2, false));
      case REMOVE -> directory.remove(id);
      case LOCK -> directory.computeIfPresent(id, (_, was) -> account(id, was.uid().value(), true));
      case UNLOCK ->
          directory.computeIfPresent(id, (_, was) -> account(id, was.uid().value(), false));
      case OTHER_USER_ID ->
          directory.computeIfPresent(id, (_, was) -> account(id, 2000 + n % 3, was.disabled()));
      case OWNER_REQUESTS -> server.change(id, was -> Changed.status(was, Optional.empty()));
      case OWNER_EDITS ->
          server.change(
              id,
              was ->
                  was.status().isPresent()
                      ? Changed.status(
                          was, Optional.of(new CredentialStatus("mine", "2999", false)))
                      : was);
      case HOME_BREAKS -> broken.add(id);
      case HOME_FILLS -> full.add(id);
      case HOME_IS_MENDED -> {
        broken.remove(id);
        full.remove(id);
      }
      case KUBECONFIG_BREAKS -> {
        oracle.kubeconfigBroke(id);
        homes.put(id, HomeFile.KUBECONFIG, "users: [".getBytes(UTF_8));
      }
      case KUBECONFIG_IS_MENDED ->
          homes.put(id, HomeFile.KUBECONFIG, "kind: Config\n".getBytes(UTF_8));
      case FILES_ARE_LOST -> {
        homes.put(id, certificate(id), "rubbish".getBytes(UTF_8));
        leader.lookIntoHome(id);
      }
      case POD_STARTS -> server.startPod(id);
      case PASS -> leader.pass();
      case DISTURBED_PASS -> disturbedPass(n);
      case SOMETHING_MEANWHILE -> meanwhile(id, n);
      case WATCH_BRINGS_SOME -> leader.cluster.deliver(1 + n % 3);
      case HOME_IS_LOOKED_INTO -> leader.lookIntoHome(id);
      case RESTART -> restart();
      case MINUTES_GO_BY -> clock.advance(Duration.ofMinutes(1 + n % 12));
      case DAYS_GO_BY -> clock.advance(Duration.ofDays(1 + n % 60));
      case ALL_IS_QUIET -> {
        // see below
      }
      default -> adminActs(event.kind(), id);
    }
  }

  private void adminActs(SimulatedEvent.Kind kind, AccountId id) {
    switch (kind) {
      case ADMIN_REVOKES -> revoke(id);
      case ADMIN_FORGETS ->
          command().forget(id, Optional.ofNullable(directory.get(id)).map(Account::uid));
      case NAMESPACE_IS_DELETED -> {
        if (id.kind() == AccountKind.TOOL) {
          server.deleteAll(id);
        }
      }
      case RECORD_IS_DELETED ->
          server.change(id, was -> Changed.record(was, new RecordState.None()));
      case BINDING_IS_EMPTIED ->
          server.change(
              id,
              was ->
                  Changed.bindings(
                      was,
                      bindings ->
                          bindings.replaceAll(
                              (_, binding) -> new ObservedBinding(binding.role(), Set.of()))));
      case BINDING_IS_DELETED -> server.change(id, was -> Changed.bindings(was, Map::clear));
      case USER_IS_BOUND -> {
        oracle.tampered(id);
        server.change(id, was -> was.record() instanceof RecordState.None ? was : withUser(was));
      }
      case OTHERS_BIND_THE_USER ->
          server.grant(id.name().value(), "ClusterRoleBinding deploy", true);
      case OTHERS_UNBIND_THE_USER ->
          server.grant(id.name().value(), "ClusterRoleBinding deploy", false);
      case BACKUP -> backup = Optional.of(server.backup());
      case RESTORE ->
          backup.ifPresent(
              saved -> {
                server.restore(saved);
                oracle.restored();
                ACCOUNTS.forEach(leader::lookIntoHome);
              });
      default -> throw new AssertionError(kind + " is not handled");
    }
  }

  private static Observed withUser(Observed was) {
    return Changed.bindings(
        was,
        bindings ->
            bindings.replaceAll(
                (_, binding) -> {
                  var subjects = new HashSet<>(binding.subjects());
                  subjects.add(Subject.user(was.id().name().value()));
                  return new ObservedBinding(binding.role(), subjects);
                }));
  }

  private void disturbedPass(int n) {
    var kinds =
        List.of(
            Disturbance.Kind.FAIL_BEFORE,
            Disturbance.Kind.FAIL_AFTER,
            Disturbance.Kind.KILL_BEFORE,
            Disturbance.Kind.KILL_AFTER);
    disturb(kinds.get(n % 4), n / 4 % 12, () -> {});
  }

  /** Right before one of the effects of a pass, somebody else does something. */
  private void meanwhile(AccountId id, int n) {
    disturb(
        Disturbance.Kind.MEANWHILE,
        n / 5 % 10,
        () -> {
          switch (n % 5) {
            case 0 -> revoke(id);
            case 1 -> {
              SimulatedProcess other = start();
              other.pass();
              other.end();
            }
            case 2 -> act(new SimulatedEvent(SimulatedEvent.Kind.OWNER_REQUESTS, 0, 0), id);
            case 3 -> act(new SimulatedEvent(SimulatedEvent.Kind.LOCK, 0, 0), id);
            default -> leader.cluster.deliver(3);
          }
        });
  }

  private void disturb(Disturbance.Kind kind, int at, Runnable meanwhile) {
    leader.disturbance.plan(new Disturbance.Plan(kind, at, meanwhile));
    try {
      leader.pass();
    } finally {
      if (!leader.disturbance.clear() || kind.name().startsWith("KILL")) {
        disturbed.merge(kind, 1, Integer::sum);
      }
    }
  }

  private void revoke(AccountId id) {
    if (command().revoke(List.of(id)).getFirst().done()) {
      oracle.revoked(id);
    }
  }

  /** A command of its own, with a look of its own at the cluster. */
  private AdminCommands command() {
    var cluster = new SimulatedCluster(server, thief, clock, new Disturbance(), mutant);
    cluster.load();
    cluster.close();
    return new AdminCommands(
        cluster, new TestingCatalogue(), Revocation.GROUPS, clock, new Random(seed++));
  }

  /** Nothing goes wrong for a while: then everything must be as it should be. */
  private Optional<String> quiet() {
    Optional<String> objection = oracle.always();
    int signed = thief.all().size();
    ACCOUNTS.forEach(leader::lookIntoHome); // a day is long enough for each to be looked into
    for (int i = 0; i < 6 && objection.isEmpty(); i++) {
      clock.advance(Duration.ofMinutes(15));
      leader.cluster.deliver(Integer.MAX_VALUE);
      leader.pass();
      objection = oracle.always();
    }
    if (objection.isPresent()) {
      return objection;
    }
    leader.cluster.deliver(Integer.MAX_VALUE);
    int writes = leader.cluster.writes();
    Pass.Result last = leader.pass();
    if (leader.cluster.writes() != writes
        && !last.outcomes().values().stream().allMatch(Outcome.Failed.class::isInstance)
        && full.isEmpty()
        && broken.isEmpty()) {
      return Optional.of("does not converge: " + last.outcomes());
    }
    return oracle.quiet(thief.all().subList(signed, thief.all().size()));
  }

  private void restart() {
    leader.end();
    leader = start();
  }

  private SimulatedProcess start() {
    return new SimulatedProcess(this, seed++, mutant);
  }

  static HomeFile certificate(AccountId id) {
    return id.kind() == AccountKind.TOOL ? HomeFile.TOOL_CERTIFICATE : HomeFile.ADMIN_CERTIFICATE;
  }

  private static Account account(AccountId id, int uid, boolean locked) {
    String root = id.kind() == AccountKind.TOOL ? "/data/project/" : "/home/";
    return new Account(id, new Uid(uid), new HomePath(root + id.name()), locked);
  }

  /** As the service did that is succeeded: bound as User, without a record. */
  private void provisionLegacy(AccountId id) {
    ClientKey key = ClientKey.generate(KeyAlgorithm.ECDSA_P256, new SecureRandom());
    String organization = id.kind() == AccountKind.TOOL ? "toolforge" : "admins";
    byte[] certificate =
        thief.signed(
            SigningRequest.create(key, new SubjectName(id.name().value(), List.of(organization))),
            START);
    homes.put(
        id, id.kind() == AccountKind.TOOL ? HomeFile.TOOL_KEY : HomeFile.ADMIN_KEY, key.toPem());
    homes.put(id, certificate(id), certificate);
    Blueprint blueprint = new TestingCatalogue().of(id);
    server.change(
        id,
        _ -> {
          Observed made =
              Changed.status(
                  Changed.namespace(Observed.nothing(id), NamespaceState.READY),
                  Optional.of(new CredentialStatus("user created", "2027-11-22T03:50:14", true)));
          return Changed.bindings(
              made,
              bindings ->
                  blueprint
                      .bindings()
                      .forEach(
                          desired ->
                              bindings.put(
                                  desired.object(),
                                  new ObservedBinding(
                                      desired.fingerprint(),
                                      Set.of(Subject.user(id.name().value()))))));
        });
  }
}
