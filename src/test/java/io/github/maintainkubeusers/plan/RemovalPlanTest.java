package io.github.maintainkubeusers.plan;

import static io.github.maintainkubeusers.plan.ObservedBuilder.groups;
import static io.github.maintainkubeusers.plan.ObservedBuilder.provisioned;
import static io.github.maintainkubeusers.plan.ObservedBuilder.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemovalPlanTest {
  private static final AccountId TOOL = AccountId.tool("leaving");
  private static final AccountId ADMIN = AccountId.admin("leaving");
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant SINCE = NOW.minus(Duration.ofDays(265));
  private static final Duration RETENTION = Duration.ofDays(40);

  @Test
  void takesAToolsRightsFirstThenRecordsItThenItsPods() {
    AccountRecord away =
        active(TOOL).record().known().orElseThrow().in(AccountState.QUARANTINED, NOW);
    Plan plan = plan(gone(TOOL), active(TOOL));

    assertThat(plan.removesAccess()).isTrue();
    assertThat(plan.why()).isEqualTo("quarantined");
    assertThat(plan.steps())
        .containsExactly(
            noSubjects(ManagedObject.TOOL_BINDING),
            new ClusterStep.Suspend(),
            new ClusterStep.WriteRecord(away),
            new ClusterStep.DeletePods(),
            new ClusterStep.WriteRecord(away.withPodsDeleted(true)));
  }

  @Test
  void tellsTheOwnerOfADisabledToolByAFileLast() {
    assertThat(plan(disabled(TOOL), active(TOOL)).steps()).endsWith(new HomeStep.Mark(true));
  }

  @Test
  void tellsTheOwnerAgainWhenTheFileIsMissing() {
    Observed away = quarantined(TOOL, NOW.minusSeconds(60));
    assertThat(
            planner(Contexts.QUARANTINE)
                .plan(
                    disabled(TOOL),
                    away,
                    Contexts.at(Blueprints.CAS, NOW).withHome(HomeCondition.MARK_OUTDATED))
                .steps())
        .containsExactly(new HomeStep.Mark(true));
  }

  @Test
  void takesBothBindingsOfAnAdmin() {
    assertThat(plan(gone(ADMIN), active(ADMIN)).steps())
        .contains(noSubjects(ManagedObject.VIEW_BINDING), noSubjects(ManagedObject.ADMIN_BINDING))
        .noneMatch(ClusterStep.Suspend.class::isInstance);
  }

  @Test
  void hasNothingToDoForWhoeverIsInQuarantine() {
    Plan plan = plan(gone(TOOL), quarantined(TOOL, NOW.minusSeconds(60)));
    assertThat(plan.removesAccess()).isFalse();
    assertThat(plan.steps()).isEmpty();
  }

  @Test
  void deletesPodsUntilNoneIsLeftAlsoWhenItWasInterrupted() {
    AccountRecord away =
        record(3, SINCE).with(Blueprints.applied(TOOL)).in(AccountState.QUARANTINED, NOW);
    Observed interrupted =
        provisioned(TOOL, 3, SINCE).record(away).bound(Set.of()).suspended().build();

    assertThat(plan(gone(TOOL), interrupted).steps())
        .containsExactly(
            new ClusterStep.DeletePods(), new ClusterStep.WriteRecord(away.withPodsDeleted(true)));
  }

  @Test
  void takesAgainWhatSomebodyGaveBackByHand() {
    Observed given =
        Changed.suspended(
            Changed.bindings(
                quarantined(TOOL, NOW.minusSeconds(60)),
                bindings ->
                    bindings.put(
                        ManagedObject.TOOL_BINDING,
                        Blueprints.bound(ManagedObject.TOOL_BINDING, groups(TOOL, 3)))),
            false);
    Plan plan = plan(gone(TOOL), given);

    assertThat(plan.removesAccess()).isFalse();
    assertThat(plan.steps())
        .startsWith(noSubjects(ManagedObject.TOOL_BINDING), new ClusterStep.Suspend())
        .contains(new ClusterStep.DeletePods());
  }

  @Test
  void removesAToolWhenTheRetentionIsOverAndBuriesItBefore() {
    assertThat(plan(gone(TOOL), quarantined(TOOL, NOW.minus(RETENTION).plusSeconds(1))).steps())
        .isEmpty();

    Plan plan = plan(gone(TOOL), quarantined(TOOL, NOW.minus(RETENTION)));
    assertThat(plan.removesAccess()).isTrue();
    assertThat(plan.why()).isEqualTo("removed");
    assertThat(plan.steps())
        .containsExactly(
            new ClusterStep.Bury(new Tombstone(new Uid(1001), SINCE.plus(Duration.ofDays(365)))),
            new ClusterStep.Remove());
  }

  @Test
  void removesAnAdminsBindingsAndRecord() {
    assertThat(plan(gone(ADMIN), quarantined(ADMIN, NOW.minus(RETENTION))).steps())
        .endsWith(
            new ClusterStep.DeleteBinding(ManagedObject.ADMIN_BINDING),
            new ClusterStep.DeleteBinding(ManagedObject.VIEW_BINDING),
            new ClusterStep.Remove());
  }

  @Test
  void removesAtOnceWhereTheOperatorWantsThat() {
    Plan plan =
        planner(Contexts.DELETION)
            .plan(disabled(TOOL), active(TOOL), Contexts.at(Blueprints.CAS, NOW));
    assertThat(plan.removesAccess()).isTrue();
    assertThat(plan.steps())
        .startsWith(noSubjects(ManagedObject.TOOL_BINDING))
        .endsWith(new ClusterStep.Remove());
  }

  @Test
  void recordsALockedAccountThatWasNeverRecorded() {
    Observed unrecorded =
        provisioned(TOOL, 1, SINCE)
            .record(new RecordState.None())
            .bound(Set.of(Subject.user("leaving")))
            .build();
    Plan plan = plan(disabled(TOOL), unrecorded);

    assertThat(plan.removesAccess()).isTrue();
    assertThat(plan.steps())
        .contains(
            noSubjects(ManagedObject.TOOL_BINDING),
            new ClusterStep.Suspend(),
            new ClusterStep.WriteRecord(AccountRecord.quarantinedUnrecorded(new Uid(1001), NOW)));
  }

  @Test
  void takesOnlyTheRightsOfWhatNobodyKnows() {
    Observed orphan =
        provisioned(ADMIN, 1, SINCE)
            .record(new RecordState.None())
            .bound(Set.of(Subject.user("leaving")))
            .build();
    Plan plan = plan(gone(ADMIN), orphan);

    assertThat(plan.removesAccess()).isTrue();
    assertThat(plan.why()).isEqualTo("rights end");
    assertThat(plan.steps())
        .containsExactlyInAnyOrder(
            noSubjects(ManagedObject.VIEW_BINDING), noSubjects(ManagedObject.ADMIN_BINDING));
  }

  @Test
  void leavesAloneWhatIsNotThereOrIsBeingDeleted() {
    assertThat(plan(gone(TOOL), Observed.nothing(TOOL)).steps()).isEmpty();
    assertThat(
            plan(gone(TOOL), Changed.namespace(active(TOOL), NamespaceState.TERMINATING)).steps())
        .isEmpty();
  }

  private static Plan plan(Target target, Observed observed) {
    return planner(Contexts.QUARANTINE).plan(target, observed, Contexts.at(Blueprints.CAS, NOW));
  }

  private static Planner planner(RemovalPolicy policy) {
    return new Planner(
        new IssuePolicy(ObservedBuilder.GRACE, Contexts.LIMIT, Revocation.GROUPS), policy);
  }

  private static Target gone(AccountId id) {
    return new Target.Gone(id);
  }

  private static Target disabled(AccountId id) {
    return new Target.Disabled(
        id, Optional.of(new Uid(1001)), Optional.of(ObservedBuilder.account(id)));
  }

  private static Observed active(AccountId id) {
    return provisioned(id, 3, SINCE).build();
  }

  private static Observed quarantined(AccountId id, Instant since) {
    AccountRecord away = record(3, SINCE).in(AccountState.QUARANTINED, since).withPodsDeleted(true);
    return provisioned(id, 3, SINCE).record(away).bound(Set.of()).suspended().build();
  }

  private static Step noSubjects(ManagedObject binding) {
    return new ClusterStep.RemoveSubjects(binding, Set.of());
  }
}
