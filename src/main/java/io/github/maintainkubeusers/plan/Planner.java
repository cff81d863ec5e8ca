package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.account.Tombstone;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says what is to be done for an account: a pure function of the target, what the cluster holds,
 * and the context. {@link Rights} says which credentials have rights; every plan begins with taking
 * away the rights of all others.
 */
public final class Planner implements Planning {
  private final IssuePolicy issue;
  private final RemovalPlan removal;
  private final Optional<String> project;
  private final Services services;

  /** For tools and admins of any project. */
  public Planner(IssuePolicy issue, RemovalPolicy policy) {
    this(issue, policy, Optional.empty(), Services.NONE);
  }

  /**
   * @param issue how new credentials come beside old ones
   * @param project whose tools are planned: what another project's controller has recorded is left
   *     alone
   * @param services whose superseded credentials keep their rights for as long as is declared
   */
  public Planner(
      IssuePolicy issue, RemovalPolicy policy, Optional<String> project, Services services) {
    this.issue = requireNonNull(issue, "issue is null");
    this.removal = new RemovalPlan(requireNonNull(policy, "policy is null"));
    this.project = requireNonNull(project, "project is null");
    this.services = requireNonNull(services, "services is null");
  }

  @Override
  public Plan plan(Target target, Observed observed, PlanContext context) {
    if (observed.namespace() == NamespaceState.TERMINATING) {
      return Plan.waiting(target, "its namespace is being deleted");
    }
    Optional<String> other = otherProject(observed);
    if (other.isPresent()) {
      return Plan.of(target, "", List.of())
          .with(new Plan.Obstacle.OnHold(ofOther(target.id(), other.get())));
    }
    return switch (target) {
      case Target.Wanted wanted -> wanted(wanted, observed, context);
      case Target.Gone _ -> removal.of(target, observed, Optional.empty(), false, context);
      case Target.Disabled(_, var uid, var account) ->
          removal.of(target, observed, uid, account.isPresent(), context);
      case Target.OnHold(_, var held, var uid) ->
          uid.filter(owner -> Rights.isOfAnotherOwner(observed, owner)).isPresent()
              ? lostOwner(target, held, observed, context)
              : onHold(target, held, observed, context);
      case Target.Kept(_, String reason) ->
          restricted(target, observed, context).with(new Plan.Obstacle.RemovalRefused(reason));
    };
  }

  /** Admins are of no project: their records stand beside the controller that wrote them. */
  private Optional<String> otherProject(Observed observed) {
    if (project.isEmpty() || observed.id().kind() != AccountKind.TOOL) {
      return Optional.empty();
    }
    return observed
        .record()
        .known()
        .flatMap(AccountRecord::project)
        .filter(recorded -> !recorded.equals(project.get()));
  }

  private static Held ofOther(AccountId id, String other) {
    return Held.of(
        id,
        HoldReason.OTHER_PROJECT,
        "the controller of project "
            + InvalidValueException.quoted(other)
            + " has recorded it, so that this one leaves it alone. If it belongs to this project,"
            + " take the annotation maintain-kubeusers/project off its namespace");
  }

  /** The account keeps what rights it has, and gets none. */
  private static Plan restricted(Target target, Observed observed, PlanContext context) {
    Set<Subject> entitled =
        Rights.subjects(observed.id(), Rights.of(target, observed, context.now()));
    List<Step> steps = Bindings.restrict(observed, entitled);
    return Plan.of(target, steps.isEmpty() ? "" : "rights end", steps);
  }

  /** The same, and its owner is told why, beside the end of the credentials that it has. */
  private static Plan onHold(Target target, Held held, Observed observed, PlanContext context) {
    Plan plan = restricted(target, observed, context).with(new Plan.Obstacle.OnHold(held));
    Optional<CredentialStatus> wanted =
        observed
            .record()
            .known()
            .flatMap(AccountRecord::credential)
            .filter(_ -> observed.hasOwnStatus())
            .map(credential -> CredentialStatus.held(credential, held))
            .filter(status -> !observed.status().equals(Optional.of(status)));
    return wanted.map(status -> plan.telling(status)).orElse(plan);
  }

  /** Whoever was provisioned under this name is no longer in the directory. */
  private Plan lostOwner(Target target, Held held, Observed observed, PlanContext context) {
    return removal
        .of(target, observed, Optional.empty(), false, context)
        .with(new Plan.Obstacle.OnHold(held));
  }

  private Plan wanted(Target.Wanted target, Observed observed, PlanContext context) {
    Account account = target.account();
    boolean anotherOwner = Rights.isOfAnotherOwner(observed, account.uid());
    if (anotherOwner && !isForgotten(observed)) {
      return lostOwner(target, reused(account, observed), observed, context);
    }
    return obstacle(account, observed)
        .map(held -> onHold(target, held, observed, context))
        .orElseGet(() -> work(target, anotherOwner, observed, context));
  }

  private static boolean isForgotten(Observed observed) {
    return observed.record().known().map(AccountRecord::uid).equals(observed.facts().forgotten());
  }

  private static Held reused(Account account, Observed observed) {
    return Held.of(
        account.id(),
        HoldReason.NAME_REUSED,
        "the directory gives it user id "
            + account.uid()
            + ", but it was provisioned with "
            + observed.record().known().orElseThrow().uid()
            + ": the name may have a new owner. To let the new owner in, run 'maintain-kubeusers"
            + " forget'");
  }

  private static Optional<Held> obstacle(Account account, Observed observed) {
    AccountId id = account.id();
    if (observed.namespace() == NamespaceState.FOREIGN) {
      return Optional.of(
          Held.of(
              id,
              HoldReason.FOREIGN_NAMESPACE,
              "a namespace of its name exists without our labels and record: it belongs"
                  + " to another owner"));
    }
    if (observed.record() instanceof RecordState.Unreadable(String why)) {
      return Optional.of(Held.of(id, HoldReason.UNREADABLE_RECORD, why));
    }
    if (observed.delivery().obstacle().isPresent()) {
      return Optional.of(
          Held.of(id, HoldReason.SECRET_UNUSABLE, observed.delivery().obstacle().get()));
    }
    // Rights of a service's User are what its operator declares it for.
    if (observed.otherRights().isPresent() && id.kind() != AccountKind.SERVICE) {
      return Optional.of(
          Held.of(
              id,
              HoldReason.NAME_HAS_OTHER_RIGHTS,
              observed.otherRights().get()
                  + " gives rights to the User "
                  + id.name()
                  + ", and credentials of this account would have them."
                  + " Take that User out of the binding, or rename the account"));
    }
    return observed.record() instanceof RecordState.None
        ? observed
            .tombstone()
            .filter(grave -> !grave.uid().equals(account.uid()))
            .map(grave -> reused(account, grave))
        : Optional.empty();
  }

  private static Held reused(Account account, Tombstone grave) {
    return Held.of(
        account.id(),
        HoldReason.NAME_REUSED,
        "the directory gives it user id "
            + account.uid()
            + ", but an account of this name that was removed had "
            + grave.uid()
            + ": the name may have a new owner. To let the new owner in, run 'maintain-kubeusers"
            + " forget'");
  }

  private Plan work(
      Target.Wanted target, boolean anotherOwner, Observed observed, PlanContext context) {
    boolean revoked = Rights.areRevoked(observed);
    boolean damaged = context.home() == HomeCondition.CREDENTIALS_DAMAGED;
    Optional<Credential> credential = observed.record().known().flatMap(AccountRecord::credential);
    if (observed.isIn(AccountState.QUARANTINED)
        && credential.isPresent()
        && !revoked
        && !anotherOwner) {
      return restore(target, observed, context);
    }
    if (observed.isLegacy() && !revoked && !damaged) {
      return adopt(target, observed, context);
    }
    IssuePolicy policy = policy(target.id());
    return IssueReason.of(anotherOwner, observed, context, policy.limit())
        .map(why -> new IssuePlan(target, observed, why, context, policy).plan())
        .orElseGet(() -> maintain(target, observed, credential.orElseThrow(), context));
  }

  private IssuePolicy policy(AccountId id) {
    return services.find(id).map(Service::overlap).map(issue::ofService).orElse(issue);
  }

  /**
   * Nothing is issued or written into the home: the User keeps its rights until the first renewal.
   */
  private static Plan adopt(Target.Wanted target, Observed observed, PlanContext context) {
    ObjectPlan objects = ObjectPlan.of(target.blueprint(), observed);
    StepBuilder steps = begin(target, observed, context, objects);
    if (observed.suspended()) {
      steps.add(new ClusterStep.Resume());
    }
    steps.add(new CredentialStep.Adopt());
    LastApplied applied =
        LastApplied.NONE
            .withObjects(objects.fingerprints())
            .withGroupOf(target.account())
            .withStatusMissing(
                observed.status().equals(Optional.of(CredentialStatus.UNDER_FORMER_NAME)));
    steps.add(
        new CredentialStep.RecordCredentials(
            new RecordDraft(
                target.account().uid(),
                0,
                Optional.empty(),
                List.of(),
                context.home() == HomeCondition.INTACT
                    ? applied.withKubeconfig(context.cas().access())
                    : applied)));
    return new Plan(
        target,
        "taken over",
        steps.steps(),
        false,
        RolloutPriority.NONE,
        objects.kept(),
        Optional.empty());
  }

  /** Everything as it was; the home last, because it must not delay the rights. */
  private static Plan restore(Target.Wanted target, Observed observed, PlanContext context) {
    ObjectPlan objects = ObjectPlan.of(target.blueprint(), observed);
    StepBuilder steps = begin(target, observed, context, objects);
    if (observed.suspended()) {
      steps.add(new ClusterStep.Resume());
    }
    AccountRecord record = observed.record().known().orElseThrow();
    steps.add(
        new ClusterStep.WriteRecord(
            record
                .in(AccountState.ACTIVE, Moments.seconds(context.now()))
                .with(
                    observed
                        .applied()
                        .withObjects(objects.fingerprints())
                        .withGroupOf(target.account()))));
    steps.add(new HomeStep.Mark(false));
    return new Plan(
        target,
        "restored",
        steps.steps(),
        false,
        RolloutPriority.NONE,
        objects.kept(),
        Optional.empty());
  }

  private Plan maintain(
      Target.Wanted target, Observed observed, Credential credential, PlanContext context) {
    ObjectPlan objects = ObjectPlan.of(target.blueprint(), observed);
    StepBuilder steps = begin(target, observed, context, objects);
    if (observed.suspended()) {
      steps.add(new ClusterStep.Resume());
    }
    new MaintenancePlan(
            target.account(), observed, credential, context, policy(target.id()).limit())
        .addTo(steps, objects.fingerprints());
    return new Plan(
        target,
        why(steps),
        steps.steps(),
        false,
        steps.priority(),
        objects.kept(),
        Optional.empty());
  }

  /** Rights that end, objects, and rights that are missing. */
  private static StepBuilder begin(
      Target target, Observed observed, PlanContext context, ObjectPlan objects) {
    Blueprint blueprint = ((Target.Wanted) target).blueprint();
    Set<Subject> entitled =
        Rights.subjects(target.id(), Rights.of(target, observed, context.now()));
    StepBuilder steps = new StepBuilder();
    steps.addAll(Bindings.restrict(observed, entitled));
    steps.append(objects.steps());
    steps.addAll(Bindings.complete(blueprint, observed, entitled, entitled));
    return steps;
  }

  private static String why(StepBuilder steps) {
    if (steps.steps().isEmpty()) {
      return "";
    }
    boolean delayed =
        steps.steps().stream()
            .anyMatch(
                step ->
                    step instanceof ClusterStep.WriteRecord(var record, _)
                        && record.state() == AccountState.REFRESH_DELAYED);
    if (delayed) {
      return "refresh delayed";
    }
    return steps.priority() == RolloutPriority.ROUTINE ? "rollout" : "repair";
  }
}
