package io.github.maintainkubeusers.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.cluster.ClusterEvent;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kubeconfig.Kubeconfig;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry;
import io.github.maintainkubeusers.kubeconfig.KubeconfigException;
import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.CredentialStep;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.RolloutPriority;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassReport;
import io.github.maintainkubeusers.testing.Changed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people are told. */
class EventPublisherTest {
  private static final AccountId TOOL = AccountId.tool("fourohfour");
  private static final AccountId ADMIN = AccountId.admin("alice");
  private static final CredentialId ID = new CredentialId("01k8c8nuv5hn0dd2pb6e");
  private final ClusterException unavailable =
      new ClusterException(
          ClusterException.Reason.UNAVAILABLE,
          "could not create it: the API server cannot be reached");

  private final TestingTelemetry t = new TestingTelemetry();
  private final List<ClusterEvent> said = new CopyOnWriteArrayList<>();
  private final EventPublisher publisher =
      new EventPublisher(t.cluster, new EventDeduplicator(said::add, t.clock));

  @BeforeEach
  void provision() {
    t.provisioned(TOOL, TestingTelemetry.NOW.plus(Duration.ofDays(365)));
  }

  @AfterEach
  void end() {
    t.close();
  }

  @Test
  void tellsOfNewCredentialsWhereTheyAreAndUntilWhen() {
    worked("new", new CredentialStep.Issue(ID));
    says(
        "CredentialsIssued",
        false,
        "Key, certificate and kubeconfig are in /data/project/fourohfour. They end on"
            + " 2027-11-22T03:50:14Z");
  }

  @Test
  void tellsOfReplacedCredentialsWhyTheyWere() {
    worked("refresh", new CredentialStep.Issue(ID));
    says(
        "CredentialsRenewed",
        false,
        "New key and certificate are in /data/project/fourohfour (refresh).");
  }

  @Test
  void tellsOfQuarantineAndOfItsEnd() {
    AccountRecord away = AccountRecord.quarantinedUnrecorded(new Uid(1001), TestingTelemetry.NOW);
    publisher.onEvent(
        new ControllerEvent.PlanDone(
            new Plan(
                new Target.Gone(TOOL),
                "quarantined",
                List.of(new ClusterStep.Suspend(), new ClusterStep.WriteRecord(away)),
                true,
                RolloutPriority.NONE,
                List.of(),
                Optional.empty())));
    says("Quarantined", true, "This tool is no longer in the directory");
    worked("restored", new ClusterStep.Resume());
    says("Restored", false, "enabled again");
  }

  @Test
  void tellsWhatToDoAboutAKubeconfigThatCannotBeRead() {
    publisher.onEvent(
        new ControllerEvent.AccountFailed(
            TOOL,
            new IllegalStateException(
                new HomeException(
                    HomeFault.OWNER,
                    "could not merge into /data/project/fourohfour/.kube/config: line 3; it was"
                        + " left as it is: correct it or delete it",
                    unreadable()))));
    says(
        "KubeconfigUnreadable",
        true,
        "correct it or delete it. Key and certificate are current all the same");
  }

  @Test
  void tellsTheOwnerWhatStandsInTheWayInTheHome() {
    publisher.onEvent(
        new ControllerEvent.AccountFailed(
            TOOL,
            new HomeException(
                HomeFault.OWNER,
                "could not open /data/project/fourohfour/.toolskube: it is a link")));
    says("HomeBlocked", true, "it is a link. Correct or delete it");
  }

  @Test
  void tellsOfADelayOnlyThoseWhoWaitForNewCredentials() {
    publisher.onEvent(new ControllerEvent.AccountFailed(TOOL, unavailable));
    assertThat(said).isEmpty();
    t.cluster.deleteStatus(TOOL);
    publisher.onEvent(new ControllerEvent.AccountFailed(TOOL, unavailable));
    says("RefreshDelayed", true, "Your current ones keep working. Cause: could not create it");
  }

  @Test
  void tellsWhoAskedTooOftenWhenNewCredentialsCome() {
    AccountRecord delayed = t.cluster.record(TOOL).orElseThrow().waiting(true);
    worked(
        "refresh delayed",
        new ClusterStep.WriteRecord(delayed),
        new ClusterStep.WriteStatus(
            new CredentialStatus(
                "new credentials at noon: they were requested too often", "", true)));
    says("RefreshDelayed", true, "new credentials at noon: they were requested too often.");
  }

  @Test
  void tellsAdminsOfTheHeldAndTheirOwnersWhereTheyHaveANamespace() {
    t.finished(Map.of());
    var held =
        new Held(
            AccountKind.TOOL, TOOL.name().value(), HoldReason.SHARED_UID, "it is shared with x");
    var odd = new Held(AccountKind.TOOL, "Odd\n", HoldReason.INVALID_NAME, "it is odd");
    finished(
        Map.of(ADMIN, new Outcome.OnHold(Held.of(ADMIN, HoldReason.NAME_REUSED, "re-used"))),
        held,
        odd);

    says("Held", true, "This tool is held (shared-uid): it is shared with x.");
    assertThat(inOwnNamespace("AccountsHeld").message())
        .startsWith("3 held")
        .contains(
            "admin \"alice\" (name-reused)",
            "tool \"Odd\\u{a}\" (invalid-name)",
            "tool \"fourohfour\" (shared-uid)");
  }

  @Test
  void namesAFewOfManyHeld() {
    finished(
        Map.of(),
        IntStream.range(0, 500)
            .mapToObj(
                i -> new Held(AccountKind.TOOL, "-" + i, HoldReason.INVALID_NAME, "it is odd"))
            .toArray(Held[]::new));
    assertThat(inOwnNamespace("AccountsHeld").message())
        .startsWith("500 held")
        .contains("and others")
        .hasSizeLessThan(1000);
  }

  @Test
  void tellsAdminsWhyNobodyIsRemoved() {
    finished(Map.of(TOOL, new Outcome.Refused("300 of 300 accounts would lose access")));
    assertThat(inOwnNamespace("RemovalsRefused").message())
        .isEqualTo("Removals refused: 300 of 300 accounts would lose access.");
  }

  @Test
  void saysTheSameAgainOnlyNowAndThenAndCountsIt() {
    t.cluster.deleteStatus(TOOL);
    for (int minute = 0; minute <= 60; minute++) {
      publisher.onEvent(new ControllerEvent.AccountFailed(TOOL, unavailable));
      t.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(said).extracting(ClusterEvent::count).containsExactly(1, 2, 3);
    assertThat(said).extracting(ClusterEvent::first).containsOnly(TestingTelemetry.NOW);
    assertThat(said)
        .extracting(ClusterEvent::name)
        .containsOnly("maintain-kubeusers.refresh-delayed");

    t.clock.advance(Duration.ofHours(2));
    finished(Map.of());
    publisher.onEvent(new ControllerEvent.AccountFailed(TOOL, unavailable));
    assertThat(said.getLast().count()).isEqualTo(1);
  }

  @Test
  void saysNothingWhereTheNamespaceIsNotOursOrGoing() {
    for (NamespaceState state :
        Set.of(NamespaceState.FOREIGN, NamespaceState.TERMINATING, NamespaceState.ABSENT)) {
      t.cluster.change(TOOL, was -> Changed.namespace(Observed.nothing(TOOL), state));
      worked("new", new CredentialStep.Issue(ID));
      finished(Map.of(), Held.of(TOOL, HoldReason.FOREIGN_NAMESPACE, "it is somebody else's"));
    }
    assertThat(said).extracting(ClusterEvent::reason).containsOnly("AccountsHeld");
  }

  private static KubeconfigException unreadable() {
    try {
      Kubeconfig.merge(
          "users: [".getBytes(UTF_8),
          new KubeconfigEntry(
              "c", "c", "u", "https://x", new byte[0], Optional.empty(), "crt", "key"));
      throw new AssertionError("it can be read");
    } catch (KubeconfigException e) {
      return e;
    }
  }

  private void worked(String why, Step... steps) {
    var target =
        new Target.Wanted(TestingTelemetry.account(TOOL), Blueprint.of(List.of(), Map.of()));
    publisher.onEvent(
        new ControllerEvent.PlanDone(
            new Plan(
                target,
                why,
                List.of(steps),
                false,
                RolloutPriority.NONE,
                List.of(),
                Optional.empty())));
  }

  private void finished(Map<AccountId, Outcome> outcomes, Held... held) {
    publisher.onEvent(
        new ControllerEvent.PassFinished(new PassReport(outcomes, List.of(held), Duration.ZERO)));
  }

  private void says(String reason, boolean warning, String text) {
    ClusterEvent event =
        said.stream()
            .filter(one -> one.reason().equals(reason))
            .reduce((_, last) -> last)
            .orElseThrow(() -> new AssertionError(reason + " is not among " + said));
    assertThat(event.tool()).contains(TOOL);
    assertThat(event.warning()).isEqualTo(warning);
    assertThat(event.message()).contains(text);
  }

  private ClusterEvent inOwnNamespace(String reason) {
    return said.stream()
        .filter(one -> one.reason().equals(reason) && one.tool().isEmpty())
        .findFirst()
        .orElseThrow();
  }
}
