package io.github.maintainkubeusers.plan;

import static io.github.maintainkubeusers.plan.ObservedBuilder.groups;
import static io.github.maintainkubeusers.plan.ObservedBuilder.provisioned;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the owner of a held tool reads in its ConfigMap. */
class HeldStatusTest extends PlannerExpectations {
  private static final Held HELD =
      Held.of(TOOL, HoldReason.SHARED_UID, "it has the user id of tool other");
  private static final CredentialStatus TOLD =
      new CredentialStatus(
          "user created; it is held (shared-uid): it has the user id of tool other",
          status(3).expires(),
          true);

  @Test
  void saysWhyItIsHeldOnceAndNoLongerWhenItIsNot() {
    Plan plan = held(provisioned(TOOL, 3, SINCE).build());

    assertThat(plan.steps()).containsExactly(new ClusterStep.WriteStatus(TOLD));
    assertThat(plan.why()).isEqualTo("its owner is told");
    assertThat(plan.priority()).isEqualTo(RolloutPriority.ROUTINE);
    assertThat(plan.obstacle()).contains(new Plan.Obstacle.OnHold(HELD));
    ObservedBuilder told = provisioned(TOOL, 3, SINCE).status(TOLD);
    assertThat(held(told.build()).steps()).isEmpty();
    assertThat(plan(told.build()).steps()).containsExactly(new ClusterStep.WriteStatus(status(3)));
  }

  @Test
  void waitsForNothingWhereRightsEnd() {
    Plan plan = held(provisioned(TOOL, 3, SINCE).bound(groups(TOOL, 1, 3)).build());

    assertThat(plan.steps())
        .containsExactly(
            remove(ManagedObject.TOOL_BINDING, groups(TOOL, 3)), new ClusterStep.WriteStatus(TOLD));
    assertThat(plan.priority()).isEqualTo(RolloutPriority.NONE);
  }

  @Test
  void doesNotAnswerARequestForNewCredentials() {
    assertThat(held(provisioned(TOOL, 3, SINCE).withoutStatus().build()).steps()).isEmpty();
  }

  @Test
  void isWrittenOnlyWhereTheProgramKeepsTheObject() {
    Observed former =
        provisioned(TOOL, 3, SINCE).status(CredentialStatus.UNDER_FORMER_NAME).build();
    Observed foreign = provisioned(TOOL, 3, SINCE).namespace(NamespaceState.FOREIGN).build();
    Observed unrecorded = provisioned(TOOL, 3, SINCE).record(new RecordState.None()).build();

    assertThat(held(former).steps()).isEmpty();
    assertThat(held(foreign).steps()).isEmpty();
    assertThat(held(unrecorded).steps()).noneMatch(ClusterStep.WriteStatus.class::isInstance);
    assertThat(held(provisioned(AccountId.admin("alice"), 3, SINCE).build()).steps()).isEmpty();
  }

  private static Plan held(Observed observed) {
    return plan(new Target.OnHold(observed.id(), HELD, Optional.empty()), observed, context(NOW));
  }
}
