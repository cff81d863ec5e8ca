package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.CredentialStep;
import io.github.maintainkubeusers.plan.HomeStep;
import io.github.maintainkubeusers.plan.Moments;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordDraft;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.plan.Versions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Does the steps of plans, in their order; the first that fails ends a plan. */
final class StepRunner {
  private final Cluster cluster;
  private final CredentialIssuer issuer;
  private final HomeFiles homeFiles;
  private final ServiceSecrets secrets;
  private final String project;
  private final InstantSource clock;

  /**
   * @param project that records say they are of
   */
  StepRunner(
      Cluster cluster,
      CredentialIssuer issuer,
      HomeFiles homeFiles,
      ServiceSecrets secrets,
      String project,
      InstantSource clock) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.issuer = requireNonNull(issuer, "issuer is null");
    this.homeFiles = requireNonNull(homeFiles, "homeFiles is null");
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.project = requireNonNull(project, "project is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Does all steps.
   *
   * @return why the kubeconfig could not be written beside new credentials, if it could not
   */
  Optional<KubeconfigFault> run(Target target, Observed observed, List<Step> steps) {
    var run = new Run(target, observed);
    steps.forEach(run::step);
    return run.fault;
  }

  /** What the owner is told of a kubeconfig that could not be written. */
  Optional<String> advice(Target target, HomeException fault) {
    return target instanceof Target.Wanted(Account account, _)
        ? Optional.of(homeFiles.advice(account, fault))
        : Optional.empty();
  }

  /** One plan under way: what its steps hand on to each other. */
  private final class Run {
    private final Target target;
    private final Observed observed;
    private Versions versions;
    private Optional<Credential> credential = Optional.empty();
    private Optional<CheckedSigning.Issued> issued = Optional.empty();
    private Optional<KubeconfigFault> fault = Optional.empty();
    private Optional<String> secret = Optional.empty();

    Run(Target target, Observed observed) {
      this.target = target;
      this.observed = observed;
      this.versions = observed.versions();
    }

    void step(Step step) {
      switch (step) {
        case ClusterStep.WriteRecord(var record, var status) ->
            perform(new ClusterStep.WriteRecord(recorded(record), status));
        case ClusterStep write -> perform(write);
        case HomeStep write when target.id().kind().hasHome() -> home(write);
        case HomeStep write -> secret(write);
        case CredentialStep.Issue(CredentialId id) -> {
          issued =
              Optional.of(
                  issuer.issue(
                      account(),
                      id,
                      new CredentialIssuer.Basis(observed.facts(), versions.identity())));
          credential = issued.map(made -> CredentialIssuer.credential(id, 0, made.certificate()));
        }
        case CredentialStep.Adopt() ->
            credential =
                Optional.of(
                    CredentialIssuer.credential(
                        CredentialId.LEGACY, 0, issuer.adopt(account(), homeFiles)));
        case CredentialStep.RecordCredentials(RecordDraft draft) -> record(draft);
      }
    }

    private void perform(ClusterStep step) {
      versions = cluster.perform(target.id(), step, versions);
    }

    private void home(HomeStep step) {
      switch (step) {
        case HomeStep.Prepare() -> homeFiles.prepare(account());
        case HomeStep.WriteCredentials() ->
            fault = homeFiles.write(account(), issued.orElseThrow());
        case HomeStep.WriteKubeconfig() -> homeFiles.writeKubeconfig(account());
        case HomeStep.Mark(boolean disabled) -> homeFiles.markDisabled(account(), disabled);
      }
    }

    /** A service has no home: its files are keys of a Secret. */
    private void secret(HomeStep step) {
      switch (step) {
        case HomeStep.WriteCredentials() ->
            secret = Optional.of(secrets.write(target.id(), issued.orElseThrow()));
        case HomeStep.WriteKubeconfig() -> secret = Optional.of(secrets.rewrite(target.id()));
        case HomeStep.Prepare _, HomeStep.Mark _ -> {
          // a Secret has no folders, and nothing to be marked
        }
      }
    }

    private AccountRecord recorded(AccountRecord record) {
      AccountRecord written =
          secret.map(held -> record.with(record.applied().withSecret(held))).orElse(record);
      return written.ofProject(project);
    }

    /** What was taken over needs nothing shown: its owner sees it already. */
    private void record(RecordDraft draft) {
      AccountId id = target.id();
      AccountRecord record =
          recorded(
                  draft.complete(
                      credential.orElseThrow(), Moments.seconds(clock.instant()), fault.isEmpty()))
              .succeeding(observed.record().known(), clock.instant());
      perform(
          new ClusterStep.WriteRecord(
              record,
              issued.map(
                  _ ->
                      CredentialStatus.of(
                          id.kind(),
                          record.credential().orElseThrow(),
                          fault.map(KubeconfigFault::advice)))));
      issuer.release(id);
    }

    private Account account() {
      return switch (target) {
        case Target.Wanted(Account account, _) -> account;
        case Target.Disabled(_, _, Optional<Account> account) -> account.orElseThrow();
        case Target.Gone _, Target.OnHold _, Target.Kept _ ->
            throw new IllegalStateException(target.id() + " has no home that may be written to");
      };
    }
  }
}
