package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.plan.CredentialStep;
import io.github.maintainkubeusers.plan.HomeCondition;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Rights;
import io.github.maintainkubeusers.plan.Target;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into homes: now and then into each, and whenever a plan depends on what is there. */
final class HomeInspector {
  private static final Logger LOG = LoggerFactory.getLogger(HomeInspector.class);

  private final CredentialIssuer issuer;
  private final HomeFiles homeFiles;
  private final HomeChecks checks;
  private final Cluster cluster;
  private final InstantSource clock;

  HomeInspector(
      CredentialIssuer issuer,
      HomeFiles homeFiles,
      HomeChecks checks,
      Cluster cluster,
      InstantSource clock) {
    this.issuer = requireNonNull(issuer, "issuer is null");
    this.homeFiles = requireNonNull(homeFiles, "homeFiles is null");
    this.checks = requireNonNull(checks, "checks is null");
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Whether the account's home is to be looked into when there is nothing else to do for it. Where
   * a controller before this one was killed before it recorded new credentials, half of them may be
   * there: such a home is due at once.
   */
  boolean isDue(AccountId id) {
    return id.kind().hasHome()
        && checks.isDue(id, clock.instant(), () -> Rights.hasUnrecorded(cluster.observe(id)));
  }

  /** A part of what was written may be there, or somebody else may have written: look soon. */
  void hurry(AccountId id) {
    checks.hurry(id);
  }

  void done(AccountId id) {
    checks.done(id, clock.instant());
  }

  /** What the home is like; empty when the plan does not depend on it. */
  Optional<HomeLook> inspect(AccountPlanner.Planned planned) {
    Plan plan = planned.plan();
    if (plan.steps().stream().anyMatch(CredentialStep.Adopt.class::isInstance)) {
      return Optional.of(legacy(((Target.Wanted) planned.target()).account()));
    }
    boolean issues = plan.steps().stream().anyMatch(CredentialStep.class::isInstance);
    if (issues || plan.obstacle().isPresent() || !isDue(plan.id())) {
      return Optional.empty();
    }
    return switch (planned.target()) {
      case Target.Wanted(Account account, _) ->
          planned
              .observed()
              .record()
              .known()
              .filter(
                  record ->
                      record.state() != AccountState.QUARANTINED) // first everything comes back
              .flatMap(AccountRecord::credential)
              .map(credential -> inspect(account, credential, planned.observed()));
      case Target.Disabled(_, _, Optional<Account> account) ->
          account
              .filter(_ -> planned.observed().record().known().isPresent())
              .map(
                  present ->
                      HomeLook.of(
                          homeFiles.isMarkedDisabled(present)
                              ? HomeCondition.INTACT
                              : HomeCondition.MARK_OUTDATED));
      case Target.Gone _, Target.OnHold _, Target.Kept _ -> Optional.empty();
    };
  }

  private HomeLook inspect(Account account, Credential credential, Observed observed) {
    HomeLook look = homeFiles.inspect(account, credential);
    if (look.newer().filter(newer -> !isBound(observed, newer)).isPresent()) {
      return HomeLook.of(HomeCondition.NEWER_THAN_RECORD);
    }
    return look.condition() == HomeCondition.INTACT && homeFiles.isMarkedDisabled(account)
        ? HomeLook.of(HomeCondition.MARK_OUTDATED)
        : look;
  }

  /**
   * Then the record is not older than a backup: the controller was killed before it wrote the
   * record.
   */
  private static boolean isBound(Observed observed, CredentialId id) {
    return observed.bindings().values().stream()
        .anyMatch(
            binding -> binding.subjects().containsAll(Rights.subjects(observed.id(), Set.of(id))));
  }

  /**
   * Whether an earlier controller has left valid credentials in the home, and a kubeconfig that is
   * current.
   */
  private HomeLook legacy(Account account) {
    try {
      Object _ = issuer.adopt(account, homeFiles);
    } catch (CredentialException e) {
      LOG.debug("{}: cannot be taken over as it is", account, e);
      return HomeLook.of(HomeCondition.CREDENTIALS_DAMAGED);
    }
    try {
      return HomeLook.of(
          homeFiles.isKubeconfigCurrent(account)
              ? HomeCondition.INTACT
              : HomeCondition.KUBECONFIG_OUTDATED);
    } catch (HomeException e) {
      LOG.debug("{}: taken over without its kubeconfig", account, e);
      return HomeLook.of(HomeCondition.KUBECONFIG_OUTDATED);
    }
  }
}
