package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.ObservedBinding;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Revocation;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.testing.Changed;
import io.github.maintainkubeusers.testing.InMemoryCluster;
import io.github.maintainkubeusers.testing.Journal;
import io.github.maintainkubeusers.testing.TestClock;
import io.github.maintainkubeusers.testing.TestingCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AdminCommandsTest {
  private static final AccountId TOOL = AccountId.tool("fourohfour");
  private static final AccountId ADMIN = AccountId.admin("alice");
  private static final Instant NOW = Instant.parse("2026-11-22T03:50:14.567Z");
  private static final CredentialId OLD = new CredentialId("0".repeat(19) + "2");
  private static final CredentialId NEWEST = new CredentialId("0".repeat(19) + "3");
  private static final CredentialId NEXT = new CredentialId("0".repeat(19) + "8");
  private static final Uid OWNER = new Uid(1001);
  private static final Uid ANOTHER = new Uid(1002);
  private static final CredentialStatus SHOWN =
      new CredentialStatus("user created", "2027-11-22T03:50:14", true);

  private final Journal journal = new Journal();
  private final TestClock clock = new TestClock(NOW);
  private final InMemoryCluster cluster = new InMemoryCluster(journal, clock);
  private final Random random = new Random(1);
  private final AdminCommands commands =
      new AdminCommands(cluster, new TestingCatalogue(), Revocation.GROUPS, clock, random);

  @Test
  void revokesWhateverIsBoundAndStatesTheFactFirst() {
    has(TOOL, record(NEWEST), groups(OLD, NEWEST, NEXT));

    assertThat(revoke(TOOL))
        .isEqualTo(new AdminCommands.Answer(TOOL, true, "its credentials have no rights any more"));

    assertThat(cluster.observe(TOOL).hasRights()).isFalse();
    assertThat(isRevoked(NEWEST)).isTrue();
    assertThat(cluster.record(TOOL)).as("the controller's affair").contains(record(NEWEST));
    assertThat(writes()).hasSize(2);
    assertThat(writes().getFirst()).startsWith("state tool fourohfour");
    assertThat(writes().getLast()).isEqualTo("restrict rolebinding of tool fourohfour to ");
  }

  @Test
  void revokesBothBindingsOfAnAdmin() {
    var groups = Set.of(Subject.group(NEWEST.group(ADMIN)));
    cluster.change(
        ADMIN,
        _ ->
            bound(
                bound(
                    recorded(Observed.nothing(ADMIN), record(NEWEST)),
                    ManagedObject.VIEW_BINDING,
                    groups),
                ManagedObject.ADMIN_BINDING,
                groups));

    assertThat(revoke(ADMIN).done()).isTrue();
    assertThat(cluster.observe(ADMIN).hasRights()).isFalse();
  }

  @Test
  void revokesInQuarantineToo() {
    has(TOOL, record(NEWEST).in(AccountState.QUARANTINED, NOW), Set.of());

    assertThat(revoke(TOOL).done()).isTrue();
    assertThat(isRevoked(NEWEST)).isTrue();
  }

  @Test
  void revokesWhatWasNeverRecorded() {
    cluster.change(
        TOOL,
        _ ->
            bound(
                Changed.status(namespace(), Optional.of(SHOWN)),
                ManagedObject.TOOL_BINDING,
                Set.of(Subject.user("fourohfour"), Subject.group(NEWEST.group(TOOL)))));

    assertThat(revoke(TOOL).done()).isTrue();
    assertThat(cluster.observe(TOOL).hasRights()).isFalse();
    assertThat(isRevoked(CredentialId.LEGACY)).isTrue();
  }

  @Test
  void revokesAgainWhatIsRevokedAndKeepsOtherFacts() {
    has(TOOL, record(NEWEST), groups(NEWEST));
    cluster.change(TOOL, was -> Changed.facts(was, AdminFacts.NONE.withForgotten(ANOTHER)));
    revoke(TOOL);
    clock.advance(Duration.ofHours(1));

    assertThat(revoke(TOOL).done()).isTrue();
    assertThat(cluster.observe(TOOL).facts().forgotten()).contains(ANOTHER);
    assertThat(isRevoked(NEWEST)).isTrue();
  }

  @Test
  void saysOfWhomTheClusterHoldsNothingThatNothingWasRevoked() {
    cluster.change(
        AccountId.tool("foreign"),
        _ ->
            Changed.namespace(Observed.nothing(AccountId.tool("foreign")), NamespaceState.FOREIGN));
    cluster.change(
        AccountId.tool("empty"),
        _ -> Changed.namespace(Observed.nothing(AccountId.tool("empty")), NamespaceState.READY));
    for (AccountId id : List.of(TOOL, ADMIN, AccountId.tool("foreign"), AccountId.tool("empty"))) {
      assertThat(revoke(id))
          .isEqualTo(
              new AdminCommands.Answer(id, false, "has no credentials here: nothing was revoked"));
    }
    assertThat(writes()).isEmpty();
  }

  @Test
  void answersForEachAccountInItsOrder() {
    has(TOOL, record(NEWEST), groups(NEWEST));

    assertThat(commands.revoke(List.of(ADMIN, TOOL)))
        .extracting(AdminCommands.Answer::id)
        .containsExactly(ADMIN, TOOL);
  }

  @Test
  void revokesWhatTheControllerRecordedBeforeTheFactWasStated() {
    has(TOOL, record(NEWEST), groups(NEWEST));
    before("state", () -> cluster.change(TOOL, was -> recorded(was, record(NEXT))));

    assertThat(revoke(TOOL).done()).isTrue();
    assertThat(isRevoked(NEXT)).isTrue();
    assertThat(cluster.observe(TOOL).hasRights()).isFalse();
  }

  @Test
  void leavesWhatTheControllerHasIssuedSinceTheFactWasStated() {
    has(TOOL, record(NEWEST), groups(NEWEST));
    var issued = new AtomicReference<CredentialId>();
    before(
        "restrict",
        () -> {
          issued.set(
              cluster
                  .observe(TOOL)
                  .facts()
                  .revocation()
                  .orElseThrow()
                  .upTo()
                  .next(clock.instant(), random));
          cluster.change(
              TOOL,
              was ->
                  bound(
                      recorded(was, record(issued.get())),
                      ManagedObject.TOOL_BINDING,
                      groups(NEWEST, issued.get())));
        });

    assertThat(revoke(TOOL).done()).isTrue();
    assertThat(isRevoked(issued.get())).isFalse();
    assertThat(cluster.observe(TOOL).bindings().get(ManagedObject.TOOL_BINDING).subjects())
        .isEqualTo(groups(issued.get()));
  }

  @Test
  void givesUpWhenSomebodyWritesAllTheTime() {
    has(TOOL, record(NEWEST), groups(NEWEST));
    journal.intercept(
        entry -> {
          if (entry.startsWith("state")) {
            cluster.change(TOOL, was -> was);
          }
        });

    assertThatThrownBy(() -> revoke(TOOL))
        .isInstanceOfSatisfying(
            ClusterException.class,
            e -> assertThat(e.reason()).isEqualTo(ClusterException.Reason.CONFLICT));
    assertThat(journal.count("state")).isEqualTo(10);
  }

  @Test
  void triesNothingAgainThatFailsOtherwise() {
    has(TOOL, record(NEWEST), groups(NEWEST));
    var down = new ClusterException(ClusterException.Reason.UNAVAILABLE, "could not");
    journal.failOn("state", down);

    assertThatThrownBy(() -> revoke(TOOL)).isSameAs(down);
    assertThat(journal.count("state")).isEqualTo(1);
  }

  @Test
  void forgetsTheFormerOwnerOfANameThatAnotherHasNow() {
    has(TOOL, record(NEWEST), groups(NEWEST));

    assertThat(commands.forget(TOOL, Optional.of(ANOTHER)))
        .isEqualTo(
            new AdminCommands.Answer(
                TOOL,
                true,
                "user id 1001 is forgotten: user id 1002 gets new credentials, and its namespace"
                    + " with everything in it"));
    assertThat(cluster.observe(TOOL).facts()).isEqualTo(AdminFacts.NONE.withForgotten(OWNER));
    assertThat(cluster.observe(TOOL).bindings().get(ManagedObject.TOOL_BINDING).subjects())
        .as("the controller's affair")
        .isEqualTo(groups(NEWEST));
  }

  @Test
  void forgetsAlsoBeforeSomebodyElseHasTheName() {
    has(TOOL, record(NEWEST).in(AccountState.QUARANTINED, NOW), Set.of());

    AdminCommands.Answer answer = commands.forget(TOOL, Optional.empty());

    assertThat(answer.done()).isTrue();
    assertThat(answer.text())
        .startsWith("user id 1001 is forgotten: the next owner of the name gets new credentials");
    assertThat(cluster.observe(TOOL).facts().forgotten()).contains(OWNER);
  }

  @Test
  void doesNotForgetWhoeverStillHasTheName() {
    has(TOOL, record(NEWEST), groups(NEWEST));

    assertThat(commands.forget(TOOL, Optional.of(OWNER)))
        .isEqualTo(
            new AdminCommands.Answer(
                TOOL,
                false,
                "it has user id 1001 in the directory as in its record: nothing was forgotten"));
    assertThat(writes()).isEmpty();
  }

  @Test
  void freesTheNameOfAnAccountThatWasRemoved() {
    cluster.change(
        TOOL,
        _ -> Changed.tombstone(Observed.nothing(TOOL), Optional.of(new Tombstone(OWNER, NOW))));

    assertThat(commands.forget(TOOL, Optional.of(ANOTHER)))
        .isEqualTo(
            new AdminCommands.Answer(
                TOOL,
                true,
                "the removed account with user id 1001 is forgotten: the name is free"));
    assertThat(cluster.observe(TOOL).tombstone()).isEmpty();
  }

  @Test
  void saysThatThereIsNobodyToForget() {
    assertThat(commands.forget(TOOL, Optional.of(OWNER)))
        .isEqualTo(
            new AdminCommands.Answer(
                TOOL, false, "there is no record of it: nothing was forgotten"));
    assertThat(writes()).isEmpty();
  }

  @Test
  void leavesTheTombstoneOfANameWhoseOwnerItDoesNotForget() {
    has(TOOL, record(NEWEST), groups(NEWEST));
    cluster.change(TOOL, was -> Changed.tombstone(was, Optional.of(new Tombstone(ANOTHER, NOW))));

    assertThat(commands.forget(TOOL, Optional.of(OWNER)).done()).isFalse();
    assertThat(cluster.observe(TOOL).tombstone()).isPresent();

    assertThat(commands.forget(TOOL, Optional.of(ANOTHER)).done()).isTrue();
    assertThat(cluster.observe(TOOL).tombstone()).isEmpty();
  }

  @Test
  void forgetsNobodyWhoseRecordCannotBeRead() {
    cluster.change(
        TOOL,
        _ -> Changed.record(namespace(), new RecordState.Unreadable("the record has no uid")));

    assertThat(commands.forget(TOOL, Optional.of(OWNER)))
        .isEqualTo(
            new AdminCommands.Answer(
                TOOL,
                false,
                "its record cannot be read, so that nothing was forgotten: the record has no uid"));
    assertThat(writes()).isEmpty();
  }

  @Test
  void forgetsWhomTheRecordNamesWhenTheFactIsWritten() {
    has(TOOL, record(NEWEST), groups(NEWEST));
    before("state", () -> cluster.change(TOOL, was -> recorded(was, record(NEXT))));

    assertThat(commands.forget(TOOL, Optional.of(ANOTHER)).done()).isTrue();
    assertThat(cluster.observe(TOOL).facts().forgotten()).contains(OWNER);
    assertThat(journal.count("state")).isEqualTo(2);
  }

  private AdminCommands.Answer revoke(AccountId id) {
    return commands.revoke(List.of(id)).getFirst();
  }

  /** What happens just before the first write of this kind takes effect. */
  private void before(String kind, Runnable event) {
    var seen = new AtomicInteger();
    journal.intercept(
        entry -> {
          if (entry.startsWith(kind) && seen.incrementAndGet() == 1) {
            event.run();
          }
        });
  }

  private List<String> writes() {
    return journal.entries().stream().filter(entry -> !entry.startsWith("observe")).toList();
  }

  private void has(AccountId tool, AccountRecord record, Set<Subject> subjects) {
    cluster.change(
        tool, _ -> bound(recorded(namespace(), record), ManagedObject.TOOL_BINDING, subjects));
  }

  private static Observed namespace() {
    return Changed.namespace(Observed.nothing(TOOL), NamespaceState.READY);
  }

  private static Observed recorded(Observed was, AccountRecord record) {
    return Changed.record(was, new RecordState.Known(record));
  }

  private static Observed bound(Observed was, ManagedObject binding, Set<Subject> subjects) {
    return Changed.bindings(
        was, bindings -> bindings.put(binding, new ObservedBinding("role", subjects)));
  }

  private static Set<Subject> groups(CredentialId... ids) {
    var groups = new HashSet<Subject>();
    for (CredentialId id : ids) {
      groups.add(Subject.group(id.group(TOOL)));
    }
    return groups;
  }

  private static AccountRecord record(CredentialId id) {
    return AccountRecord.active(
        OWNER,
        new Credential(
            id,
            3,
            "a".repeat(64),
            "b".repeat(64),
            "1f",
            NOW.minus(Duration.ofDays(1)),
            NOW.plus(Duration.ofDays(364))),
        List.of(),
        NOW,
        LastApplied.NONE);
  }

  private boolean isRevoked(CredentialId id) {
    return cluster.observe(TOOL).facts().revoke(id);
  }
}
