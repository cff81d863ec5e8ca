package io.github.maintainkubeusers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.directory.DirectoryException;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFault;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.CredentialStep;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.RolloutPriority;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.Stage;
import io.github.maintainkubeusers.testing.CapturedLog;
import io.github.maintainkubeusers.testing.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is measured. */
class TelemetryTest {
  private static final AccountId TOOL = AccountId.tool("fourohfour");
  private static final AccountId OTHER = AccountId.tool("other");
  private static final AccountId ADMIN = AccountId.admin("alice");
  private static final CredentialId ID = new CredentialId("01k8c8nuv5hn0dd2pb6e");

  private final TestingTelemetry t = new TestingTelemetry();

  @AfterEach
  void end() {
    t.close();
  }

  @Test
  void countsAccountsUnderTheNamesThatDashboardsHave() {
    shows("maintain_kubeusers_accounts_created_total{account_type=\"tool\"} 0.0");
    worked(TOOL, "new", new CredentialStep.Issue(ID));
    worked(TOOL, "renewal", new CredentialStep.Issue(ID));
    worked(ADMIN, "refresh", new CredentialStep.Issue(ID));
    worked(TOOL, "repair", new ClusterStep.ApplyNamespace(Map.of()));
    AccountRecord away = AccountRecord.quarantinedUnrecorded(new Uid(1001), TestingTelemetry.NOW);
    removed(
        TOOL,
        new ClusterStep.Suspend(),
        new ClusterStep.WriteRecord(away),
        new ClusterStep.DeletePods(),
        new ClusterStep.WriteRecord(away.withPodsDeleted(true)));
    removed(ADMIN, new ClusterStep.Remove());

    shows(
        "maintain_kubeusers_accounts_created_total{account_type=\"tool\"} 1.0",
        "maintain_kubeusers_accounts_renewed_total{account_type=\"tool\"} 1.0",
        "maintain_kubeusers_accounts_renewed_total{account_type=\"admin\"} 1.0",
        "maintain_kubeusers_accounts_disabled_total{account_type=\"tool\"} 1.0",
        "maintain_kubeusers_accounts_removed_total{account_type=\"admin\"} 1.0",
        "maintain_kubeusers_accounts_removed_total{account_type=\"tool\"} 0.0",
        "maintain_kubeusers_credentials_issued_total{account_type=\"admin\",why=\"refresh\"} 1.0");
  }

  @Test
  void timesPassesAndTheirStages() {
    shows("maintain_kubeusers_run_finished 0.0");
    t.telemetry.onEvent(new ControllerEvent.PassStarted(1));
    t.telemetry.onEvent(new ControllerEvent.StageEntered(Stage.DIRECTORY));
    t.clock.advance(Duration.ofSeconds(2));
    t.telemetry.onEvent(new ControllerEvent.StageEntered(Stage.ACCOUNTS));
    t.clock.advance(Duration.ofSeconds(3));
    t.finished(Map.of());
    t.clock.advance(Duration.ofSeconds(60));

    shows(
        "maintain_kubeusers_run_seconds_count 1",
        "maintain_kubeusers_run_seconds_sum 2.5",
        "maintain_kubeusers_stage_seconds_sum{stage=\"directory\"} 2.0",
        "maintain_kubeusers_stage_seconds_sum{stage=\"accounts\"} 3.0",
        "maintain_kubeusers_run_finished "
            + (TestingTelemetry.NOW.getEpochSecond() + 5) / 1e9
            + "E9");
  }

  @Test
  void tellsWhetherTheDirectoryCouldBeReadWhole() {
    t.directoryHas();
    t.clock.advance(Duration.ofMinutes(2));
    shows(
        "maintain_kubeusers_directory_complete 1.0",
        "maintain_kubeusers_directory_age_seconds 120.0");

    t.telemetry.onEvent(
        new ControllerEvent.PassFailed(
            new ClusterException(ClusterException.Reason.OTHER, "could not")));
    shows("maintain_kubeusers_directory_complete 1.0");
    t.telemetry.onEvent(
        new ControllerEvent.PassFailed(new DirectoryException("could not read the directory")));
    shows(
        "maintain_kubeusers_directory_complete 0.0",
        "maintain_kubeusers_directory_age_seconds 120.0",
        "maintain_kubeusers_runs_failed_total 2.0");
  }

  @Test
  void showsHowAccountsStand() {
    t.provisioned(TOOL, in(300));
    var held = new Held(AccountKind.TOOL, "Odd\n", HoldReason.INVALID_NAME, "it is odd");
    t.finished(
        Map.of(
            TOOL,
            new Outcome.Unchanged(),
            OTHER,
            new Outcome.Pending("wait"),
            ADMIN,
            new Outcome.OnHold(Held.of(ADMIN, HoldReason.NAME_REUSED, "re-used"))),
        held);

    shows(
        "maintain_kubeusers_accounts{account_type=\"tool\",state=\"active\"} 1.0",
        "maintain_kubeusers_accounts{account_type=\"tool\",state=\"new\"} 1.0",
        "maintain_kubeusers_accounts{account_type=\"tool\",state=\"quarantined\"} 0.0",
        "maintain_kubeusers_account_outcomes{account_type=\"tool\",outcome=\"pending\"} 1.0",
        "maintain_kubeusers_accounts_held{account_type=\"tool\",reason=\"invalid-name\"} 1.0",
        "maintain_kubeusers_accounts_held{account_type=\"admin\",reason=\"name-reused\"} 1.0",
        "maintain_kubeusers_accounts_held{account_type=\"admin\",reason=\"shared-uid\"} 0.0",
        "maintain_kubeusers_removals_refused 0.0");

    t.finished(Map.of(TOOL, new Outcome.Refused("too many")));
    shows("maintain_kubeusers_removals_refused 1.0");
  }

  @Test
  void foretellsWhoIsLockedOutWhen() {
    t.provisioned(TOOL, in(5));
    t.provisioned(OTHER, in(20));
    t.provisioned(ADMIN, in(200));
    t.finished(Map.of());
    shows(
        "maintain_kubeusers_lockout_days 5.0",
        "maintain_kubeusers_certificates_ending{within=\"1d\"} 0.0",
        "maintain_kubeusers_certificates_ending{within=\"7d\"} 1.0",
        "maintain_kubeusers_certificates_ending{within=\"30d\"} 2.0");

    t.clock.advance(Duration.ofDays(4));
    shows(
        "maintain_kubeusers_lockout_days 1.0",
        "maintain_kubeusers_certificates_ending{within=\"1d\"} 1.0");
    assertThat(value("maintain_kubeusers_oldest_due_renewal_seconds"))
        .isGreaterThanOrEqualTo(Seconds.of(Duration.ofDays(29)));
  }

  @Test
  void foretellsNothingOfAnAccountWithoutAccess() {
    t.provisioned(TOOL, in(5));
    t.cluster.change(
        TOOL,
        was ->
            Changed.record(
                was,
                new RecordState.Known(
                    was.record()
                        .known()
                        .orElseThrow()
                        .in(AccountState.QUARANTINED, t.clock.instant()))));
    t.finished(Map.of());

    assertThat(t.scrape()).doesNotContain("maintain_kubeusers_lockout_days ");
    shows("maintain_kubeusers_oldest_due_renewal_seconds 0.0");
  }

  @Test
  void countsFailingHomesByServerAndByWhoCanHelp() {
    t.directoryHas(TestingTelemetry.account(TOOL), TestingTelemetry.account(ADMIN));
    t.telemetry.onEvent(
        new ControllerEvent.AccountFailed(
            TOOL, new IllegalStateException(new HomeException(HomeFault.NO_ANSWER, "could not"))));
    t.telemetry.onEvent(
        new ControllerEvent.Settled(TOOL, new Outcome.Failed("could not", Optional.empty())));
    String failing =
        "maintain_kubeusers_homes_failing{fault=\"no-answer\",root=\"/data/project\"} ";
    shows(
        failing + "1.0",
        "maintain_kubeusers_homes_failing{fault=\"no-answer\",root=\"/home\"} 0.0",
        "maintain_kubeusers_homes_failing{fault=\"owner\",root=\"/data/project\"} 0.0");

    t.telemetry.onEvent(new ControllerEvent.Settled(TOOL, new Outcome.Unchanged()));
    shows(failing + "0.0");
  }

  @Test
  void measuresTheApiServer() {
    t.calls.called("patch", 200);
    t.calls.called("patch", 200);
    t.calls.called("list", 0);
    t.calls.signed(Duration.ofSeconds(3));
    t.calls.served(TestingTelemetry.NOW);
    t.calls.heard("namespaces");
    t.clock.advance(Duration.ofSeconds(7));
    t.finished(Map.of());

    shows(
        "maintain_kubeusers_api_calls_total{code=\"200\",verb=\"patch\"} 2.0",
        "maintain_kubeusers_api_calls_total{code=\"0\",verb=\"list\"} 1.0",
        "maintain_kubeusers_csr_wait_seconds_bucket{le=\"2.5\"} 0",
        "maintain_kubeusers_csr_wait_seconds_bucket{le=\"5.0\"} 1",
        "maintain_kubeusers_watch_age_seconds{mirror=\"namespaces\"} 7.0",
        "maintain_kubeusers_api_certificate_end_timestamp_seconds 1.795319414E9");
    assertThat(t.scrape())
        .containsPattern(
            "maintain_kubeusers_cluster_ca_end_timestamp_seconds\\{fingerprint=\"[0-9a-f]{16}\"}"
                + " [1-9]");
  }

  @Test
  void showsWhoLeads() {
    shows("maintain_kubeusers_leader 0.0");
    t.leads.set(true);
    shows("maintain_kubeusers_leader 1.0");
  }

  @Test
  void isCheapToReadOfTenThousandAccounts() {
    var outcomes = new HashMap<AccountId, Outcome>();
    IntStream.range(0, 10_000)
        .mapToObj(i -> AccountId.tool("t" + i))
        .forEach(
            id -> {
              t.provisioned(id, in(id.name().value().length() * 10));
              outcomes.put(id, new Outcome.Unchanged());
            });
    t.finished(outcomes);
    t.journal.clear();
    t.scrape();

    long start = System.nanoTime();
    IntStream.range(0, 10).forEach(_ -> t.scrape());
    Duration each = Duration.ofNanos((System.nanoTime() - start) / 10);

    assertThat(t.journal.entries()).as("the cluster is not looked at").isEmpty();
    assertThat(each).isLessThan(Duration.ofMillis(50));
    shows("maintain_kubeusers_accounts{account_type=\"tool\",state=\"active\"} 10000.0");
  }

  @Test
  void letsNoFaultOfItsOwnIntoThePass() {
    t.journal.failOn("read records", new IllegalStateException("broken"));
    t.provisioned(TOOL, in(5));
    try (var log = new CapturedLog()) {
      t.finished(Map.of(TOOL, new Outcome.Unchanged()));
      assertThat(log.messages(Level.ERROR))
          .isNotEmpty()
          .allMatch(line -> line.contains("PassFinished"));
    }
    shows("maintain_kubeusers_run_seconds_count 1");
  }

  private static Instant in(int days) {
    return TestingTelemetry.NOW.plus(Duration.ofDays(days));
  }

  private void worked(AccountId id, String why, Step... steps) {
    t.telemetry.onEvent(
        new ControllerEvent.PlanDone(
            new Plan(
                new Target.Gone(id),
                why,
                List.of(steps),
                false,
                RolloutPriority.NONE,
                List.of(),
                Optional.empty())));
  }

  private void removed(AccountId id, Step... steps) {
    t.telemetry.onEvent(
        new ControllerEvent.PlanDone(
            new Plan(
                new Target.Gone(id),
                "gone",
                List.of(steps),
                true,
                RolloutPriority.NONE,
                List.of(),
                Optional.empty())));
  }

  private void shows(String... lines) {
    assertThat(t.scrape().lines()).contains(lines);
  }

  private double value(String metric) {
    return t.scrape()
        .lines()
        .filter(line -> line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
        .sum();
  }
}
