package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.ObservedBuilder;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.RolloutPriority;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.testing.TestingCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One fault of an account at a time: the first cause is named, and nothing after it is looked at.
 */
class ClusterExplanationTest {
  private static final AccountId TOOL = AccountId.tool("wikibot");
  private static final Instant SINCE = Instant.parse("2026-11-27T03:00:00Z");
  private static final Instant NOW = SINCE.plus(Duration.ofDays(2));
  private static final Target WANTED =
      new Target.Wanted(
          new Account(TOOL, new Uid(1001), new HomePath("/data/project/wikibot"), false),
          new TestingCatalogue().of(TOOL));

  static Stream<Arguments> faults() {
    Observed well = provisioned().build();
    var quarantined = ObservedBuilder.record(2, SINCE).in(AccountState.QUARANTINED, SINCE);
    Held held = Held.of(TOOL, HoldReason.SHARED_UID, "its user id is that of tool other");
    return Stream.of(
        arguments(
            "directory",
            Optional.empty(),
            Observed.nothing(TOOL),
            NOW,
            "neither the directory nor the cluster knows it",
            "compare the name"),
        arguments(
            "directory",
            plan(new Target.Gone(TOOL)),
            well,
            NOW,
            "no longer in the directory",
            "again"),
        arguments(
            "directory",
            plan(new Target.Disabled(TOOL, Optional.empty(), Optional.empty())),
            well,
            NOW,
            "it is disabled in the directory",
            "enable it"),
        arguments(
            "directory",
            plan(new Target.Kept(TOOL, "30 accounts would lose access")),
            well,
            NOW,
            "its removal was refused: 30 accounts",
            "allow-removals"),
        arguments(
            "hold",
            plan(new Target.OnHold(TOOL, held, Optional.empty()), new Plan.Obstacle.OnHold(held)),
            well,
            NOW,
            "it is held (shared-uid): its user id is that of tool other",
            "docs/accounts.md"),
        arguments(
            "quarantine",
            plan(WANTED),
            provisioned().record(quarantined).build(),
            NOW,
            "it is in quarantine since " + SINCE + ", though the directory has it",
            "its next pass"),
        arguments(
            "record",
            plan(WANTED),
            provisioned().record(new RecordState.None()).build(),
            NOW,
            "no credentials of it are recorded; to do: first",
            "its next pass"),
        arguments(
            "record",
            plan(WANTED),
            provisioned().revoked(ObservedBuilder.id(2)).build(),
            NOW,
            "its credentials were revoked, and new ones are not issued yet",
            "its next pass"),
        arguments(
            "record",
            plan(WANTED),
            well,
            SINCE.plus(Duration.ofDays(365)),
            "its certificate ended on 2027-11-27T03:00:00Z, and was not renewed",
            "its next pass"),
        arguments(
            "binding",
            plan(WANTED),
            provisioned().bound(Set.of()).build(),
            NOW,
            "no binding gives rights to its group",
            "its next pass"));
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("faults")
  void namesTheFirstCause(
      String what,
      Optional<Plan> plan,
      Observed observed,
      Instant now,
      String problem,
      String remedy) {
    List<Explained> explained = new ClusterExplanation(plan, observed, now).explain();

    assertThat(explained)
        .last()
        .satisfies(
            found -> {
              assertThat(found.what()).isEqualTo(what);
              assertThat(found.isAlarm()).isTrue();
            });
    assertThat(explained.subList(0, explained.size() - 1))
        .allMatch(found -> found.findings().isEmpty());
    assertThat(new ExplainedText(TOOL, explained).cause())
        .hasValueSatisfying(
            cause -> {
              assertThat(cause.problem()).contains(problem);
              assertThat(cause.remedy()).contains(remedy);
            });
  }

  @Test
  void findsNothingWhereNothingIsWrong() {
    var text =
        new ExplainedText(
            TOOL, new ClusterExplanation(plan(WANTED), provisioned().build(), NOW).explain());

    assertThat(text.cause()).isEmpty();
    assertThat(text.lines())
        .containsExactly(
            "tool wikibot",
            "  directory   well: user id 1001, home /data/project/wikibot",
            "  hold        well: it is not held",
            "  quarantine  well: it is not in quarantine",
            "  record      well: generation 2, ends 2027-11-27T03:00:00Z",
            "  binding     well: its newest credentials have rights",
            "Nothing is wrong.");
  }

  @Test
  void endsAtWhatPassesByItself() {
    var waiting = plan(WANTED, new Plan.Obstacle.Waiting("its namespace is being deleted"));

    var text =
        new ExplainedText(
            TOOL, new ClusterExplanation(waiting, provisioned().build(), NOW).explain());

    assertThat(text.lines())
        .endsWith(
            "  hold        broken: it waits: its namespace is being deleted",
            "Cause: it waits: its namespace is being deleted",
            "Remedy: wait until that has passed");
  }

  private static ObservedBuilder provisioned() {
    return ObservedBuilder.provisioned(TOOL, 2, SINCE);
  }

  private static Optional<Plan> plan(Target target, Plan.Obstacle... obstacles) {
    return Optional.of(
        new Plan(
            target,
            "first",
            List.of(),
            false,
            RolloutPriority.NONE,
            List.of(),
            Stream.of(obstacles).findFirst()));
  }
}
