package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.AccountState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the cluster holds: what removals take, and what they leave. */
class RemovalPropertyTest {
  private static final Instant NOW = AccountStates.NOW;
  private static final AppliedSteps CLUSTER = new AppliedSteps(NOW);

  @Property
  void leavesNoRightsToWhoeverGoesAndIsDoneAfterOneApplication(@ForAll("states") Observed before) {
    Observed after = CLUSTER.apply(before, gone(before, Contexts.QUARANTINE).steps());

    assertThat(gone(after, Contexts.QUARANTINE).steps()).isEmpty();
    if (before.namespace() != NamespaceState.TERMINATING) {
      assertThat(after.hasRights()).isFalse();
    }
  }

  @Property
  void takesRightsBeforeAnythingElseAndBuriesBeforeItDeletes(
      @ForAll("states") Observed before, @ForAll boolean delete) {
    var ranks = new ArrayList<Integer>();
    gone(before, delete ? Contexts.DELETION : Contexts.QUARANTINE)
        .steps()
        .forEach(step -> ranks.add(rank(step)));

    assertThat(ranks).isSorted();
  }

  @Property
  void saysThatItRemovesAccessWheneverItTakesRightsOfAnActiveAccount(
      @ForAll("states") Observed before) {
    Plan plan = gone(before, Contexts.QUARANTINE);
    boolean takes = plan.steps().stream().anyMatch(ClusterStep.RemoveSubjects.class::isInstance);

    assertThat(plan.removesAccess() || !takes || before.isIn(AccountState.QUARANTINED)).isTrue();
  }

  @Property
  void deletesNothingThatHasNoReadableRecord(
      @ForAll("states") Observed before, @ForAll boolean delete) {
    if (before.record().known().isEmpty()) {
      assertThat(gone(before, delete ? Contexts.DELETION : Contexts.QUARANTINE).steps())
          .noneMatch(ClusterStep.Remove.class::isInstance);
    }
  }

  @Property
  void deletesNothingBeforeTheRetentionIsOver(@ForAll("states") Observed before) {
    boolean due =
        before
            .record()
            .known()
            .filter(
                record ->
                    record.state() == AccountState.QUARANTINED
                        && !NOW.isBefore(record.since().plus(Duration.ofDays(40))))
            .isPresent();

    assertThat(
            gone(before, Contexts.QUARANTINE).steps().stream()
                .anyMatch(ClusterStep.Remove.class::isInstance))
        .isEqualTo(due && before.namespace() != NamespaceState.TERMINATING);
  }

  @Property
  void givesBackToWhoeverReturnsAllThatItHad(@ForAll("states") Observed anything) {
    Observed before = settle(anything);
    Assume.that(
        before.isIn(AccountState.ACTIVE)
            && !before.suspended()
            && wanted(before, NOW).obstacle().isEmpty()
            && wanted(before, NOW).steps().isEmpty());
    Observed away = CLUSTER.apply(before, gone(before, Contexts.QUARANTINE).steps());
    Observed back = CLUSTER.apply(away, wanted(away, NOW).steps());

    assertThat(away.hasRights()).isFalse();
    assertThat(back.contents()).isEqualTo(before.contents());
    assertThat(back.suspended()).isFalse();
    assertThat(back.record().known().orElseThrow().credential())
        .isEqualTo(before.record().known().orElseThrow().credential());
    assertThat(back.bindings().values())
        .allSatisfy(
            binding ->
                assertThat(binding.subjects())
                    .isEqualTo(
                        Rights.subjects(
                            back.id(),
                            Set.of(
                                back.record()
                                    .known()
                                    .orElseThrow()
                                    .credentialId()
                                    .orElseThrow()))));
  }

  @Property
  void theGuardLetsThroughNoMoreThanTheBudgetWithoutAnApproval(
      @ForAll @IntRange(max = 20_000) int known,
      @ForAll @IntRange(max = 20_000) int removals,
      @ForAll @IntRange(max = 100) int budgetAccounts,
      @ForAll @IntRange(max = 20) int budgetPercent,
      @ForAll boolean sentinelThere,
      @ForAll("approvals") Optional<RemovalApproval> approval) {
    var policy =
        new RemovalPolicy(
            false,
            Duration.ofDays(40),
            budgetAccounts,
            budgetPercent,
            Set.of(new AccountName("sentinel")));
    Account sentinel = ObservedBuilder.account(AccountId.tool("sentinel"));
    var accounts =
        new TreeMap<>(
            sentinelThere ? Map.of(sentinel.id(), sentinel) : Map.<AccountId, Account>of());
    RemovalGuard.Verdict verdict =
        new RemovalGuard(policy)
            .judge(
                new WantedAccounts(accounts, new TreeMap<>(), List.of()),
                removals,
                known,
                approval,
                NOW);
    boolean within = removals <= Math.max(budgetAccounts, (long) known * budgetPercent / 100);
    boolean allowed =
        approval
            .filter(given -> NOW.isBefore(given.until()) && removals <= given.upTo())
            .isPresent();

    assertThat(!(verdict instanceof RemovalGuard.Verdict.Refused))
        .isEqualTo(removals == 0 || (within && sentinelThere) || allowed);
  }

  /** As it is after some passes, and some more when the grace period of any record is over. */
  private static Observed settle(Observed state) {
    Observed settled = state;
    for (Instant then :
        List.of(NOW, NOW, NOW, NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)))) {
      settled = CLUSTER.apply(settled, wanted(settled, then).steps());
    }
    return settled;
  }

  private static Plan wanted(Observed state, Instant now) {
    var target = new Target.Wanted(ObservedBuilder.account(state.id()), Blueprints.of(state.id()));
    return planner(Contexts.QUARANTINE).plan(target, state, Contexts.at(Blueprints.CAS, now));
  }

  private static Plan gone(Observed state, RemovalPolicy policy) {
    return planner(policy)
        .plan(new Target.Gone(state.id()), state, Contexts.at(Blueprints.CAS, NOW));
  }

  private static Planner planner(RemovalPolicy policy) {
    return new Planner(
        new IssuePolicy(ObservedBuilder.GRACE, Contexts.LIMIT, Revocation.GROUPS), policy);
  }

  private static int rank(Step step) {
    return switch (step) {
      case ClusterStep.RemoveSubjects _ -> 0;
      case ClusterStep.Suspend _ -> 1;
      case ClusterStep.WriteRecord(var record, _) -> record.podsDeleted() ? 4 : 2;
      case ClusterStep.DeletePods _ -> 3;
      case ClusterStep.Bury _ -> 5;
      case ClusterStep.DeleteBinding _ -> 6;
      case ClusterStep.Remove _ -> 7;
      default -> throw new AssertionError(step + " is no part of a removal");
    };
  }

  @Provide
  Arbitrary<Observed> states() {
    return AccountStates.all();
  }

  @Provide
  Arbitrary<Optional<RemovalApproval>> approvals() {
    return Arbitraries.of(
        Optional.<RemovalApproval>empty(),
        Optional.of(new RemovalApproval(100, NOW.plusSeconds(1), "alice", NOW)),
        Optional.of(new RemovalApproval(100_000, NOW.plusSeconds(1), "alice", NOW)),
        Optional.of(new RemovalApproval(100_000, NOW, "alice", NOW)));
  }
}
