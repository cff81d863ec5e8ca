package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.WantedAccounts;

/** Looks into homes because an operator wants to know, and changes nothing. */
final class HomeSurvey {
  private final Cluster cluster;
  private final HomeFiles homeFiles;

  HomeSurvey(Cluster cluster, HomeFiles homeFiles) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.homeFiles = requireNonNull(homeFiles, "homeFiles is null");
  }

  HomeFinding inspect(WantedAccounts wanted, AccountId id) {
    Account account = wanted.accounts().get(id);
    if (account == null || account.disabled()) {
      return nothing(
          id,
          account != null
              ? "is disabled in the directory: its home is left alone"
              : wanted.onHold().containsKey(id)
                  ? "is held: its home is left alone until 'status' says nothing of it"
                  : "is not in the directory");
    }
    Observed observed = cluster.observe(id);
    return observed
        .record()
        .known()
        .filter(record -> record.state() != AccountState.QUARANTINED)
        .flatMap(AccountRecord::credential)
        .map(credential -> inspect(account, credential))
        .orElseGet(() -> nothing(id, "has no credentials of this program yet"));
  }

  private HomeFinding inspect(Account account, Credential credential) {
    try {
      HomeLook look = homeFiles.inspect(account, credential);
      return switch (look.condition()) {
        case INTACT, UNCHECKED, MARK_OUTDATED ->
            homeFiles.isMarkedDisabled(account)
                ? unwell(account, "says by its file k8s.disabled that the account is disabled")
                : new HomeFinding(account.id(), HomeFinding.State.WELL, "well");
        case KUBECONFIG_OUTDATED -> unwell(account, kubeconfigFault(account));
        case CREDENTIALS_DAMAGED, NEWER_THAN_RECORD ->
            unwell(
                account,
                look.newer().isPresent()
                    ? "has newer credentials than the record names: was the record restored from a"
                        + " backup?"
                    : "lacks key or certificate, or has another pair than the recorded one");
      };
    } catch (HomeException | ClusterException e) {
      return unwell(account, "could not be looked into: " + e.getMessage());
    }
  }

  private String kubeconfigFault(Account account) {
    try {
      return homeFiles.isKubeconfigCurrent(account)
          ? "was mended a moment ago"
          : "has a kubeconfig that does not name credentials, server and CA as it should, or none";
    } catch (HomeException e) {
      return "has a kubeconfig that cannot be read: " + e.getMessage();
    }
  }

  private static HomeFinding nothing(AccountId id, String text) {
    return new HomeFinding(id, HomeFinding.State.NOTHING, text);
  }

  private static HomeFinding unwell(Account account, String text) {
    return new HomeFinding(account.id(), HomeFinding.State.UNWELL, text);
  }
}
