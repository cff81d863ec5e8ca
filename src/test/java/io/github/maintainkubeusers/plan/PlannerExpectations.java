package io.github.maintainkubeusers.plan;

import static io.github.maintainkubeusers.plan.ObservedBuilder.GRACE;
import static io.github.maintainkubeusers.plan.ObservedBuilder.account;
import static io.github.maintainkubeusers.plan.ObservedBuilder.id;
import static io.github.maintainkubeusers.plan.ObservedBuilder.provisioned;
import static io.github.maintainkubeusers.plan.ObservedBuilder.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What tests of the planner ask of it, and how they say what they expect. */
abstract class PlannerExpectations {
  static final AccountId TOOL = AccountId.tool("fourohfour");
  static final AccountId ADMIN = AccountId.admin("alice");
  static final Instant SINCE = Instant.parse("2026-11-22T03:50:14Z");
  static final Instant NOW = SINCE.plus(Duration.ofDays(1));

  /** The credentials that a plan makes. */
  static final CredentialId NEXT = id(1000);

  static final String LEGACY_NAME = TOOL.name().value();

  static Observed withOtherRights(Observed nothing) {
    return Changed.otherRights(nothing, Optional.of("ClusterRoleBinding deploy"));
  }

  static Plan plan(Observed observed) {
    return plan(wanted(observed.id()), observed, context(NOW));
  }

  static Plan plan(Target target, Observed observed, PlanContext context) {
    return planner().plan(target, observed, context);
  }

  static Planner planner() {
    return new Planner(
        new IssuePolicy(GRACE, Contexts.LIMIT, Revocation.GROUPS), Contexts.QUARANTINE);
  }

  static Target wanted(AccountId account) {
    return new Target.Wanted(account(account), Blueprints.of(account));
  }

  static Target target(int uid) {
    return new Target.Wanted(
        new Account(TOOL, new Uid(uid), account(TOOL).home(), false), Blueprints.of(TOOL));
  }

  static PlanContext context(Instant now) {
    return new PlanContext(
        Blueprints.CAS,
        HomeCondition.UNCHECKED,
        Optional.empty(),
        Optional.empty(),
        now,
        _ -> NEXT);
  }

  static PlanContext context(Instant now, PlanContext.KeptCredentials kept) {
    return new PlanContext(
        Blueprints.CAS,
        HomeCondition.UNCHECKED,
        Optional.empty(),
        Optional.of(kept),
        now,
        _ -> NEXT);
  }

  static PlanContext context(HomeCondition home) {
    return context(NOW).withHome(home);
  }

  static CredentialStatus status(int number) {
    return CredentialStatus.of(
        AccountKind.TOOL, record(number, SINCE).credential().orElseThrow(), Optional.empty());
  }

  static Set<Subject> next(AccountId account) {
    return Set.of(Subject.group(NEXT.group(account)));
  }

  static Set<Subject> with(Set<Subject> others) {
    var all = new HashSet<>(others);
    all.addAll(next(TOOL));
    return all;
  }

  static Step create(ManagedObject object) {
    return new ClusterStep.CreateObject(Blueprints.of(TOOL).find(object).orElseThrow());
  }

  static Step set(AccountId account, ManagedObject binding, Set<Subject> subjects) {
    return new ClusterStep.SetSubjects(
        Blueprints.of(account).find(binding).orElseThrow(), subjects);
  }

  static Step remove(ManagedObject binding, Set<Subject> remaining) {
    return new ClusterStep.RemoveSubjects(binding, remaining);
  }

  static Step recorded(AccountId account, int number, Optional<Integer> superseded) {
    return new CredentialStep.RecordCredentials(
        new RecordDraft(
            new Uid(1001),
            number,
            superseded.map(
                before ->
                    new RecordDraft.Superseded(
                        id(before),
                        GRACE,
                        Optional.of(record(before, SINCE).credential().orElseThrow().notAfter()))),
            List.of(),
            Blueprints.applied(account)));
  }

  /** After a refresh, which is charged, and whose owner wants the old credentials to end. */
  static Step refreshed(int number, int superseded) {
    return new CredentialStep.RecordCredentials(
        new RecordDraft(
            new Uid(1001),
            number,
            Optional.of(new RecordDraft.Superseded(id(superseded), GRACE, Optional.empty())),
            List.of(),
            Blueprints.applied(TOOL).withThrottle(NOW.plus(Contexts.LIMIT.interval()))));
  }

  static RecordDraft recordDraft(Plan plan) {
    return plan.steps().stream()
        .filter(CredentialStep.RecordCredentials.class::isInstance)
        .map(step -> ((CredentialStep.RecordCredentials) step).draft())
        .findFirst()
        .orElseThrow();
  }

  /** Everything stands, bound to the user, with no record. */
  static Observed legacy() {
    return provisioned(TOOL, 1, SINCE)
        .record(new RecordState.None())
        .status(new CredentialStatus("user created", "2027-11-22T03:50:14", true))
        .bound(Set.of(Subject.user(LEGACY_NAME)))
        .build();
  }

  static void assertWork(Plan plan, String why, Step... steps) {
    assertThat(plan.steps()).containsExactly(steps);
    assertThat(plan.why()).isEqualTo(why);
    assertThat(plan.obstacle()).isEmpty();
  }

  static void assertQuiet(Plan plan) {
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.isSettled()).isTrue();
    assertThat(plan.why()).isEmpty();
  }

  static void assertHeld(Plan plan, HoldReason reason, String explanation) {
    assertThat(plan.obstacle())
        .hasValueSatisfying(
            obstacle ->
                assertThat(obstacle)
                    .isInstanceOfSatisfying(
                        Plan.Obstacle.OnHold.class,
                        hold -> {
                          assertThat(hold.held().reason()).isEqualTo(reason);
                          assertThat(hold.held().explanation()).contains(explanation);
                          assertThat(hold.held().name()).isEqualTo(plan.id().name().value());
                        }));
  }
}
