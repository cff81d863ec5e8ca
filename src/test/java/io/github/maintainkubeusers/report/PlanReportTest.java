package io.github.maintainkubeusers.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.HomeCondition;
import io.github.maintainkubeusers.plan.IssuePolicy;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.PlanContext;
import io.github.maintainkubeusers.plan.Planner;
import io.github.maintainkubeusers.plan.RefreshLimit;
import io.github.maintainkubeusers.plan.RemovalPolicy;
import io.github.maintainkubeusers.plan.Revocation;
import io.github.maintainkubeusers.plan.RolloutPriority;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.plan.TrustedCas;
import io.github.maintainkubeusers.testing.TestingCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReportTest {
  private static final Pace PACE = new Pace(100, 60, 600);
  private static final AccountId TOOL = AccountId.tool("a");
  private static final AccountId ADMIN = AccountId.admin("b");

  /** A test holds the table to what the API server was asked. */
  @ParameterizedTest
  @CsvSource({"TOOL, ## A new tool", "ADMIN, ## A new admin"})
  void countsTheWritesThatTheApiServerGets(AccountKind kind, String heading) throws IOException {
    Plan plan = provision(AccountId.of(kind, "a"));
    long documented =
        Files.readAllLines(Path.of("docs/api-calls.md")).stream()
            .dropWhile(line -> !line.equals(heading))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.matches("\\| \\d+ \\|.*") && !line.contains(" events`"))
            .count();

    assertThat(Cost.of(plan)).isEqualTo(new Cost((int) documented, 1));
  }

  @Test
  void whatWouldBeRefusedIsNotCounted() {
    var leaving =
        new Plan(
            new Target.Gone(TOOL),
            "quarantined",
            List.of(new ClusterStep.Suspend()),
            true,
            RolloutPriority.NONE,
            List.of(),
            Optional.empty());
    assertThat(report(Optional.empty(), leaving).lines())
        .contains("1 accounts need something: 1 API writes, 0 certificates, about 1 s");
    assertThat(report(Optional.of("too many"), leaving).lines())
        .containsExactly(
            "tool a: quarantined (no longer in the directory), refused",
            "    create the quarantine quota: no pods",
            "Removals would be refused: too many",
            "1 accounts need something: 0 API writes, 0 certificates, about 0 s",
            "0 accounts need nothing");
  }

  @ParameterizedTest
  @CsvSource({
    "1,    NONE,    100, 1",
    "2000, NONE,    100, 180",
    "2000, NONE,    0,   100",
    "2000, ROUTINE, 100, 1940",
    "2000, URGENT,  100, 180",
    "50,   ROUTINE, 100, 5"
  })
  void estimatesTheTimeByWhatIsSlowest(
      int accounts, RolloutPriority priority, int callsPerSecond, long seconds) {
    Plan one = provision(TOOL);
    var plan =
        new Plan(
            one.target(), one.why(), one.steps(), false, priority, List.of(), Optional.empty());

    assertThat(new Pace(callsPerSecond, 60, 600).time(Collections.nCopies(accounts, plan)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void nothingFromOutsideControlsTheTerminal() {
    var report =
        new PlanReport(
            Somebody.NOW,
            List.of(),
            List.of(
                new Held(
                    AccountKind.TOOL,
                    Somebody.HOSTILE,
                    HoldReason.INVALID_NAME,
                    "the name " + Somebody.HOSTILE + " is not valid")),
            Optional.empty(),
            Optional.empty(),
            PACE);

    assertThat(String.join("", report.lines())).matches("[ -~]+");
    assertThat(
            JsonParser.parseString(report.document().json())
                .getAsJsonObject()
                .getAsJsonArray("accounts")
                .get(0)
                .getAsJsonObject()
                .get("name")
                .getAsString())
        .isEqualTo(Somebody.HOSTILE);
  }

  @Test
  void theJsonIsAsItWasAgreedAndDocumented() throws IOException {
    PlanReport report = report(Optional.of("too many"), provision(TOOL), provision(ADMIN));
    assertThat(report.document().json() + "\n").isEqualTo(StatusReportTest.golden("plan.json"));

    String schema = Files.readString(Path.of("docs/status.md")).split("## Plan\n", 2)[1];
    var keys = new TreeSet<String>();
    StatusReportTest.collect(JsonParser.parseString(report.document().json()), "", keys);
    assertThat(keys)
        .contains("accounts[].why")
        .allSatisfy(key -> assertThat(schema).contains("| `" + key + "` |"));
  }

  static PlanReport report(Optional<String> refusal, Plan... plans) {
    return new PlanReport(Somebody.NOW, List.of(plans), List.of(), refusal, Optional.empty(), PACE);
  }

  static Plan provision(AccountId id) {
    var planner =
        new Planner(
            new IssuePolicy(
                Duration.ofMinutes(10),
                new RefreshLimit(3, Duration.ofMinutes(5)),
                Revocation.GROUPS),
            new RemovalPolicy(false, Duration.ofDays(40), 5, 1, Set.of()));
    return planner.plan(
        new Target.Wanted(Somebody.account(id), new TestingCatalogue().of(id)),
        Observed.nothing(id),
        new PlanContext(
            TrustedCas.UNKNOWN,
            HomeCondition.UNCHECKED,
            Optional.empty(),
            Optional.empty(),
            Somebody.NOW,
            _ -> new CredentialId("0".repeat(20))));
  }
}
