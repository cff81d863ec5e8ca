package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.testing.Changed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the cluster holds and whatever the clock says. */
class PlannerPropertyTest {
  private static final Instant NOW = AccountStates.NOW;
  private static final RefreshLimit LIMIT = Contexts.LIMIT;
  private static final Planner PLANNER =
      new Planner(
          new IssuePolicy(ObservedBuilder.GRACE, LIMIT, Revocation.GROUPS), Contexts.QUARANTINE);
  private static final AppliedSteps CLUSTER = new AppliedSteps(NOW);

  /** "c" is trusted, but another signs; "d" is not trusted any more. */
  private static final TrustedCas CAS =
      new TrustedCas(
          Blueprints.ACCESS, Set.of("b".repeat(64), "c".repeat(64)), Blueprints.CAS.signing());

  private static final List<ManagedObject> OBJECTS =
      List.of(
          ManagedObject.RESOURCE_QUOTA,
          ManagedObject.LIMIT_RANGE,
          ManagedObject.TOOL_BINDING,
          ManagedObject.VIEW_BINDING,
          ManagedObject.ADMIN_BINDING);

  @Property
  void isDoneAfterOneApplicationAndOneMoreForWhoeverReturnsOrIsTakenOverOrHasNewCredentials(
      @ForAll("states") Observed before) {
    List<Step> first = steps(before);
    Observed after = apply(before, first);
    boolean comesIn =
        plan(before).why().equals("restored")
            || first.stream().anyMatch(CredentialStep.class::isInstance);

    assertThat(steps(comesIn ? apply(after, steps(after)) : after)).isEmpty();
  }

  @Property
  void finishesWhatWasBrokenOffAfterAnyStep(
      @ForAll("states") Observed before, @ForAll("counts") int survivingSteps) {
    var broken = apply(before, steps(before).stream().limit(survivingSteps).toList());
    var mended = apply(broken, steps(broken));

    assertThat(steps(apply(mended, steps(mended)))).isEmpty();
  }

  @Property
  void keepsTheOrderThatIsDocumented(@ForAll("states") Observed state) {
    List<Step> steps = steps(state);
    boolean issues = steps.stream().anyMatch(HomeStep.WriteCredentials.class::isInstance);
    Assume.that(plan(state).obstacle().isEmpty()); // removals have an order of their own
    var ranks = new ArrayList<Integer>();
    steps.forEach(step -> ranks.add(rank(step, issues)));

    assertThat(ranks).isSorted();
    assertThat(steps).doesNotHaveDuplicates();
  }

  @Property
  void recordsOnlyWhatWasIssuedAndWrittenAndWhatTheHomeWasReadyFor(
      @ForAll("states") Observed state) {
    List<Step> steps = steps(state);
    List<Class<?>> kinds = steps.stream().<Class<?>>map(Step::getClass).toList();
    boolean issues = kinds.contains(CredentialStep.Issue.class);
    boolean adopts = kinds.contains(CredentialStep.Adopt.class);

    assertThat(kinds.contains(CredentialStep.RecordCredentials.class)).isEqualTo(issues || adopts);
    assertThat(kinds.contains(HomeStep.WriteCredentials.class)).isEqualTo(issues);
    if (issues) {
      assertThat(kinds)
          .containsSubsequence(
              HomeStep.Prepare.class,
              CredentialStep.Issue.class,
              HomeStep.WriteCredentials.class,
              CredentialStep.RecordCredentials.class);
    }
  }

  @Property
  void neverIssuesAnIdThatWasEverGivenOut(@ForAll("states") Observed state) {
    var known = new HashSet<CredentialId>();
    state.record().known().flatMap(AccountRecord::credentialId).ifPresent(known::add);
    state.bindings().values().stream()
        .flatMap(bound -> bound.subjects().stream())
        .forEach(subject -> CredentialId.ofGroup(state.id(), subject.name()).ifPresent(known::add));

    assertThat(issued(state)).noneMatch(known::contains);
  }

  @Property
  void locksOutNobodyWhoseCredentialsHaveRightsAtAnyMoment(@ForAll("states") Observed before) {
    Plan plan = plan(before);
    Set<Subject> entitled =
        plan.steps().stream().anyMatch(CredentialStep.Issue.class::isInstance)
            ? Set.of()
            : Rights.subjects(before.id(), Rights.of(target(before.id()), before, NOW));
    List<Step> steps = plan.steps();
    for (int done = 0; done <= steps.size(); done++) {
      Observed now = apply(before, steps.subList(0, done));
      before
          .bindings()
          .forEach(
              (object, bound) ->
                  bound.subjects().stream()
                      .filter(entitled::contains)
                      .filter(_ -> now.bindings().containsKey(object))
                      .forEach(
                          subject ->
                              assertThat(now.bindings().get(object).subjects()).contains(subject)));
    }
  }

  @Property
  void givesRightsToNobodyButThoseWhoHaveThem(@ForAll("states") Observed before) {
    Plan plan = plan(before);
    Observed issued = apply(before, plan.steps());
    Observed after =
        apply(
            issued, steps(issued)); // what new credentials have superseded ends with the next look
    Set<Subject> entitled = Rights.subjects(after.id(), Rights.of(target(after.id()), after, NOW));

    if (before.namespace() != NamespaceState.TERMINATING) {
      after
          .bindings()
          .values()
          .forEach(bound -> assertThat(entitled).containsAll(bound.subjects()));
    }
    if (plan.obstacle().isEmpty()) {
      Blueprints.of(after.id())
          .bindings()
          .forEach(
              desired ->
                  assertThat(after.bindings().get(desired.object()).subjects())
                      .isEqualTo(entitled));
    }
  }

  @Property
  void leavesQuotasAndLimitsAsSomebodyChangedThemAndSaysSo(@ForAll("states") Observed state) {
    Plan plan = plan(state);
    if (plan.obstacle().isEmpty()) {
      Blueprints.of(state.id())
          .contents()
          .forEach(
              desired -> {
                String live = state.contents().get(desired.object());
                boolean byHand =
                    live != null
                        && !live.equals(desired.fingerprint())
                        && !live.equals(state.applied().objects().get(desired.object().name()));
                assertThat(plan.kept().contains(desired.object())).isEqualTo(byHand);
                assertThat(apply(state, plan.steps()).contents().get(desired.object()))
                    .isEqualTo(byHand ? live : desired.fingerprint());
              });
    }
  }

  @Property
  void doesNothingElseWhateverItsOwnerWroteIntoTheStatus(
      @ForAll("states") Observed state, @ForAll("statuses") Optional<CredentialStatus> status) {
    if (status.isPresent() && state.status().isPresent()) {
      assertThat(withoutStatus(steps(Changed.status(state, status))))
          .isEqualTo(withoutStatus(steps(state)));
    }
  }

  @Property
  void givesNobodyNewCredentialsMoreOftenThanTheLimitAllows(@ForAll("states") Observed state) {
    Plan plan = plan(state);
    if (plan.why().equals("refresh")) {
      Instant charged =
          plan.steps().stream()
              .filter(CredentialStep.RecordCredentials.class::isInstance)
              .map(step -> ((CredentialStep.RecordCredentials) step).draft().applied().throttle())
              .findFirst()
              .orElseThrow();

      assertThat(charged)
          .isAfter(NOW)
          .isBeforeOrEqualTo(NOW.plus(LIMIT.interval().multipliedBy(LIMIT.burst())));
    }
  }

  @Property
  void onlyTakesRightsFromWhoeverIsHeldOrWaits(@ForAll("states") Observed state) {
    Plan plan = plan(state);
    boolean anotherOwner =
        state.record().known().filter(record -> !record.uid().equals(AppliedSteps.UID)).isPresent();
    assertThat(plan.obstacle().isEmpty()).isEqualTo(isSound(state));
    if (plan.obstacle().isPresent() && !anotherOwner) {
      assertThat(plan.steps())
          .allMatch(
              step ->
                  step instanceof ClusterStep.RemoveSubjects
                      || (step instanceof ClusterStep.WriteStatus
                          && step.equals(plan.steps().getLast())));
    }
  }

  @Property
  void isTheSameWhateverGarbageOfOthersStandsInABinding(
      @ForAll("states") Observed state, @ForAll("garbage") Set<Subject> garbage) {
    Observed other =
        Changed.bindings(
            state,
            bindings ->
                bindings.replaceAll(
                    (_, bound) -> {
                      var all = new HashSet<>(bound.subjects());
                      all.addAll(garbage);
                      return new ObservedBinding(bound.role(), all);
                    }));

    assertThat(withoutBindings(steps(other))).isEqualTo(withoutBindings(steps(state)));
    if (state.namespace() != NamespaceState.TERMINATING) {
      assertThat(apply(other, steps(other)).bindings())
          .isEqualTo(apply(state, steps(state)).bindings());
    }
  }

  private static Plan plan(Observed state) {
    return PLANNER.plan(target(state.id()), state, Contexts.at(CAS, NOW));
  }

  private static Target target(AccountId id) {
    return new Target.Wanted(ObservedBuilder.account(id), Blueprints.of(id));
  }

  private static Observed apply(Observed before, List<Step> steps) {
    return CLUSTER.apply(before, steps);
  }

  private static List<Step> steps(Observed state) {
    return plan(state).steps();
  }

  private static List<CredentialId> issued(Observed state) {
    return steps(state).stream()
        .filter(CredentialStep.Issue.class::isInstance)
        .map(step -> ((CredentialStep.Issue) step).id())
        .toList();
  }

  private static List<Step> withoutBindings(List<Step> steps) {
    return steps.stream()
        .filter(
            step ->
                !(step instanceof ClusterStep.SetSubjects
                    || step instanceof ClusterStep.RemoveSubjects))
        .toList();
  }

  private static List<Step> withoutStatus(List<Step> steps) {
    return steps.stream().filter(step -> !(step instanceof ClusterStep.WriteStatus)).toList();
  }

  /** One that is ours, of this owner, and nobody else's rights come with its name. */
  private static boolean isSound(Observed state) {
    Optional<AccountRecord> record = state.record().known();
    boolean ofOwner =
        record
            .filter(
                known ->
                    known.uid().equals(AppliedSteps.UID)
                        || state.facts().forgotten().equals(Optional.of(known.uid())))
            .isPresent();
    boolean untouched =
        state.record() instanceof RecordState.None
            && state.tombstone().filter(grave -> !grave.uid().equals(AppliedSteps.UID)).isEmpty();
    return state.namespace() != NamespaceState.FOREIGN
        && state.namespace() != NamespaceState.TERMINATING
        && state.otherRights().isEmpty()
        && (ofOwner || untouched);
  }

  private static int rank(Step step, boolean issues) {
    return switch (step) {
      case ClusterStep.RemoveSubjects _ -> 0;
      case ClusterStep.ApplyNamespace _ -> 1;
      case ClusterStep.CreateObject(var object) -> 10 + OBJECTS.indexOf(object.object());
      case ClusterStep.UpdateObject(var object) -> 10 + OBJECTS.indexOf(object.object());
      case ClusterStep.Resume _ -> issues ? 20 : 45;
      case HomeStep.Prepare _ -> issues ? 21 : 61;
      case CredentialStep.Issue _ -> 22;
      case ClusterStep.DeleteBinding _ -> 25;
      case ClusterStep.SetSubjects(var binding, _) -> 30 + OBJECTS.indexOf(binding.object());
      case CredentialStep.Adopt _ -> 50;
      case HomeStep.WriteCredentials _ -> 51;
      case CredentialStep.RecordCredentials _ -> 60;
      // The record of a kubeconfig comes after it, all else before.
      case ClusterStep.WriteRecord _, ClusterStep.WriteStatus _, HomeStep.WriteKubeconfig _ -> 61;
      case HomeStep.Mark _ -> 70;
      case ClusterStep.Suspend _,
          ClusterStep.DeletePods _,
          ClusterStep.Bury _,
          ClusterStep.Remove _ ->
          throw new AssertionError(step + " is a part of removals");
    };
  }

  @Provide
  Arbitrary<Integer> counts() {
    return Arbitraries.integers().between(0, 9);
  }

  @Provide
  Arbitrary<Observed> states() {
    return AccountStates.all();
  }

  @Provide
  Arbitrary<Optional<CredentialStatus>> statuses() {
    return AccountStates.statuses();
  }

  @Provide
  Arbitrary<Set<Subject>> garbage() {
    return AccountStates.garbage();
  }
}
