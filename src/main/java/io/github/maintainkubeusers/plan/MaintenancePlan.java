package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.LastApplied;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps record, status and kubeconfig of an account right whose credentials stay.
 *
 * @param limit says until when a refresh has to wait
 */
record MaintenancePlan(
    Account account,
    Observed observed,
    Credential credential,
    PlanContext context,
    RefreshLimit limit) {
  /**
   * @param fingerprints of what the plan puts into the account's objects
   */
  void addTo(StepBuilder steps, Map<String, String> fingerprints) {
    AccountRecord record = observed.record().known().orElseThrow();
    boolean delayed = IssueReason.isRefreshWanted(observed);
    boolean write = mustWriteKubeconfig();
    LastApplied applied = observed.applied().withObjects(fingerprints).withGroupOf(account);
    AccountRecord next = record.waiting(delayed).with(write ? applied : withKubeconfig(applied));
    if (record.state() != next.state()) {
      steps.add(new ClusterStep.WriteRecord(next));
    } else if (!next.equals(record)) {
      steps.addRoutine(new ClusterStep.WriteRecord(next));
    }
    Optional<Step> status = status(delayed, applied);
    if (!write) {
      status.ifPresent(step -> addStatus(steps, step));
    } else if (context.kubeconfigFault().isPresent() || delayed) {
      status.ifPresent(step -> addStatus(steps, step));
      kubeconfig(steps, next);
    } else {
      // The status comes second: it is true only of a kubeconfig that was written.
      kubeconfig(steps, next);
      status.ifPresent(step -> addStatus(steps, step));
    }
    if (applied.statusMissing()) {
      LastApplied done = write ? applied.withKubeconfig(context.cas().access()) : next.applied();
      steps.addRoutine(new ClusterStep.WriteRecord(next.with(done.withStatusMissing(false))));
    }
    if (context.home() == HomeCondition.MARK_OUTDATED) {
      steps.add(new HomeStep.Mark(false));
    }
  }

  private LastApplied withKubeconfig(LastApplied applied) {
    return context.home() == HomeCondition.UNCHECKED && applied.kubeconfig().isEmpty()
        ? applied
        : applied.withKubeconfig(context.cas().access());
  }

  /** A kubeconfig that was written for another server or other CAs is written anew. */
  private boolean mustWriteKubeconfig() {
    Optional<String> access = context.cas().access();
    return switch (context.home()) {
      case KUBECONFIG_OUTDATED -> true;
      case UNCHECKED -> access.isPresent() && !observed.applied().kubeconfig().equals(access);
      case INTACT, MARK_OUTDATED, CREDENTIALS_DAMAGED, NEWER_THAN_RECORD -> false;
    };
  }

  private void kubeconfig(StepBuilder steps, AccountRecord next) {
    boolean awaited =
        context.home() == HomeCondition.KUBECONFIG_OUTDATED
            || context.kubeconfigFault().isPresent();
    var record = next.with(next.applied().withKubeconfig(context.cas().access()));
    if (account.id().kind().hasHome()) {
      add(steps, new HomeStep.Prepare(), awaited);
    }
    add(steps, new HomeStep.WriteKubeconfig(), awaited);
    // The record of a service has the fingerprint of what is written here.
    if (!record.equals(next) || !account.id().kind().hasHome()) {
      add(steps, new ClusterStep.WriteRecord(record), awaited);
    }
  }

  private static void add(StepBuilder steps, Step step, boolean awaited) {
    if (awaited) {
      steps.add(step);
    } else {
      steps.addRoutine(step);
    }
  }

  /** Owners can change and delete their ConfigMap in a loop. */
  private void addStatus(StepBuilder steps, Step status) {
    if (observed.status().filter(CredentialStatus::clean).isPresent()) {
      steps.add(status);
    } else {
      steps.addRepair(status);
    }
  }

  /** What the owner is to be shown, if it is not shown yet. */
  private Optional<Step> status(boolean delayed, LastApplied applied) {
    CredentialStatus wanted =
        delayed
            ? CredentialStatus.delayed(
                account.id().kind(), credential, limit.nextAt(applied.throttle()))
            : CredentialStatus.of(account.id().kind(), credential, context.kubeconfigFault());
    return observed.status().equals(Optional.of(wanted))
        ? Optional.empty()
        : Optional.of(new ClusterStep.WriteStatus(wanted));
  }
}
