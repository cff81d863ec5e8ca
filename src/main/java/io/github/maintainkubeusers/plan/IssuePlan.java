package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountRecord.Previous;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.LastApplied;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The plan for new credentials: rights that end, objects, the home that must be able to take the
 * credentials, the credentials, their rights, the files, and the record last, so that what is not
 * recorded is done again.
 */
final class IssuePlan {
  private static final int MOST_LASTING = 4;

  private final Target.Wanted target;
  private final Observed observed;
  private final IssueReason why;
  private final PlanContext context;
  private final IssuePolicy policy;

  IssuePlan(
      Target.Wanted target,
      Observed observed,
      IssueReason why,
      PlanContext context,
      IssuePolicy policy) {
    this.target = target;
    this.observed = observed;
    this.why = why;
    this.context = context;
    this.policy = policy;
  }

  Plan plan() {
    Set<CredentialId> entitled =
        why.endsRights() ? Set.of() : Rights.of(target, observed, context.now());
    CredentialId next = next();
    var meanwhile = new HashSet<>(entitled);
    meanwhile.add(next);
    Account account = target.account();
    ObjectPlan objects = ObjectPlan.of(target.blueprint(), observed);
    var steps = new StepBuilder();
    steps.addAll(Bindings.restrict(observed, Rights.subjects(account.id(), meanwhile)));
    steps.addAll(objects.steps().steps());
    if (observed.suspended()) {
      steps.add(new ClusterStep.Resume());
    }
    if (account.id().kind().hasHome()) {
      steps.add(new HomeStep.Prepare());
    }
    steps.add(new CredentialStep.Issue(next));
    steps.addAll(
        Bindings.complete(
            target.blueprint(),
            observed,
            Rights.subjects(account.id(), meanwhile),
            Rights.subjects(account.id(), meanwhile)));
    steps.add(new HomeStep.WriteCredentials());
    steps.add(new CredentialStep.RecordCredentials(draft(objects, entitled)));
    if (observed.isIn(AccountState.QUARANTINED) || context.home() == HomeCondition.MARK_OUTDATED) {
      steps.add(new HomeStep.Mark(false));
    }
    return new Plan(
        target,
        why.words(),
        steps.steps(),
        false,
        why.priority(),
        objects.kept(),
        Optional.empty());
  }

  /**
   * Credentials that were signed before and not recorded are as good as new ones, unless somebody
   * has bound newer ones since. The ID comes after all that are known: what is older than the
   * record has no rights.
   */
  private CredentialId next() {
    CredentialId newest = Rights.newest(observed);
    Optional<CredentialId> recorded =
        observed.record().known().flatMap(AccountRecord::credentialId);
    return context
        .kept()
        .filter(kept -> kept.uid().equals(target.account().uid()))
        .map(PlanContext.KeptCredentials::id)
        .filter(kept -> !recorded.equals(Optional.of(kept)))
        .filter(kept -> Rights.isNewest(kept, observed))
        .orElseGet(() -> named(context.ids().apply(newest)));
  }

  private CredentialId named(CredentialId id) {
    return policy.givesGroup(target.id(), observed, why) ? id : id.withoutGroup();
  }

  /**
   * @param entitled the credentials that have rights now: none other keeps any
   */
  private RecordDraft draft(ObjectPlan objects, Set<CredentialId> entitled) {
    Optional<AccountRecord> record = observed.record().known();
    Optional<Credential> before = record.flatMap(AccountRecord::credential);
    return new RecordDraft(
        target.account().uid(),
        before.map(Credential::number).orElse(0) + 1,
        before.filter(credential -> entitled.contains(credential.id())).map(this::superseded),
        record
            .filter(_ -> why != IssueReason.REFRESH || isService())
            .map(known -> lasting(known, entitled))
            .orElse(List.of()),
        applied().withObjects(objects.fingerprints()).withKubeconfig(context.cas().access()));
  }

  private RecordDraft.Superseded superseded(Credential before) {
    return new RecordDraft.Superseded(
        before.id(),
        policy.grace(),
        why == IssueReason.REFRESH ? Optional.empty() : Optional.of(before.notAfter()));
  }

  /**
   * Superseded credentials of a service keep their time, because its clients fetch new ones when it
   * suits them. Those of other accounts keep theirs only where it is longer than the time that the
   * credentials superseded now get.
   */
  private List<Previous> lasting(AccountRecord record, Set<CredentialId> entitled) {
    Instant longerThan = isService() ? context.now() : context.now().plus(policy.grace());
    return record.previousAt(context.now()).stream()
        .filter(before -> entitled.contains(before.id()))
        .filter(before -> before.until().isAfter(longerThan))
        .limit(MOST_LASTING)
        .toList();
  }

  private boolean isService() {
    return target.id().kind() == AccountKind.SERVICE;
  }

  private LastApplied applied() {
    LastApplied applied = observed.applied().withStatusMissing(false).withGroupOf(target.account());
    return why == IssueReason.REFRESH
        ? applied.withThrottle(policy.limit().charged(applied.throttle(), context.now()))
        : applied;
  }
}
