package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.plan.HomeCondition;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.PlanContext;
import io.github.maintainkubeusers.plan.Planning;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.plan.WantedAccounts;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Plans accounts as directory and cluster are at this moment. */
final class AccountPlanner {
  private final Cluster cluster;
  private final Targets targets;
  private final Planning planning;
  private final ClusterAuthorities cas;
  private final CredentialIssuer issuer;
  private final UnaryOperator<CredentialId> ids;
  private final InstantSource clock;
  private final Map<AccountId, String> kubeconfigFaults = new ConcurrentHashMap<>();

  /** A plan, and what it was made from. */
  record Planned(Target target, Observed observed, Plan plan) {}

  AccountPlanner(
      Cluster cluster,
      Targets targets,
      Planning planning,
      ClusterAuthorities cas,
      CredentialIssuer issuer,
      UnaryOperator<CredentialId> ids,
      InstantSource clock) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.targets = requireNonNull(targets, "targets is null");
    this.planning = requireNonNull(planning, "planning is null");
    this.cas = requireNonNull(cas, "cas is null");
    this.issuer = requireNonNull(issuer, "issuer is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What is to be done now. Takes access away only where the last pass decided that it may. */
  Planned plan(AccountId id) {
    return plan(id, HomeLook.of(HomeCondition.UNCHECKED));
  }

  /** The same after a look into the account's home. */
  Planned plan(AccountId id, HomeLook look) {
    Observed observed = cluster.observe(id);
    PlanContext context = context(observed, look);
    Planned wanted = plan(targets.of(id), observed, context);
    return wanted.plan().removesAccess() ? plan(targets.permitted(id), observed, context) : wanted;
  }

  /** The accounts of which the directory says something else than in the pass before. */
  Set<AccountId> changed(WantedAccounts wanted) {
    return targets.changed(wanted);
  }

  /** What the directory wants done, before it is decided whether it is believed. */
  Plan plan(WantedAccounts wanted, AccountId id) {
    Observed observed = cluster.observe(id);
    return plan(
            targets.of(wanted, id),
            observed,
            context(observed, HomeLook.of(HomeCondition.UNCHECKED)))
        .plan();
  }

  /**
   * Takes in why an account's kubeconfig could not be written, for its owner; empty when it could.
   *
   * @return whether that changed
   */
  boolean noteKubeconfigFault(AccountId id, Optional<String> fault) {
    String before =
        fault.isPresent() ? kubeconfigFaults.put(id, fault.get()) : kubeconfigFaults.remove(id);
    return !fault.equals(Optional.ofNullable(before));
  }

  private Planned plan(Target target, Observed observed, PlanContext context) {
    return new Planned(target, observed, planning.plan(target, observed, context));
  }

  private PlanContext context(Observed observed, HomeLook look) {
    AccountId id = observed.id();
    return new PlanContext(
        cas.current(),
        // A Secret is watched, so that it is known without a look.
        id.kind().hasHome() ? look.condition() : observed.delivery().condition(),
        Optional.ofNullable(kubeconfigFaults.get(id)),
        issuer.kept(
            id, new CredentialIssuer.Basis(observed.facts(), observed.versions().identity())),
        clock.instant(),
        ids);
  }
}
