package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.AccountId;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what an earlier controller has left, when that changes. */
final class LegacyReport {
  private static final Logger LOG = LoggerFactory.getLogger(LegacyReport.class);
  private static final int NAMED = 10;

  private Set<AccountId> orphans = Set.of();
  private Set<AccountId> podSecurityPolicies = Set.of();

  /**
   * @param orphansNow accounts with a namespace or binding of ours that have neither a directory
   *     entry nor a record
   */
  void log(Set<AccountId> orphansNow, Set<AccountId> podSecurityPoliciesNow) {
    if (!orphansNow.equals(orphans) && !orphansNow.isEmpty()) {
      LOG.warn(
          "{} accounts have objects in the cluster, but no directory entry and no record: {}. They"
              + " lose their rights; their namespaces stay until an admin deletes them",
          orphansNow.size(),
          some(orphansNow));
    }
    if (!podSecurityPoliciesNow.equals(podSecurityPolicies) && !podSecurityPoliciesNow.isEmpty()) {
      LOG.info(
          "{} tools have PodSecurityPolicies of an earlier controller, which nothing uses any more:"
              + " {}. To remove them, see 'maintain-kubeusers remove-leftovers --help'",
          podSecurityPoliciesNow.size(),
          some(podSecurityPoliciesNow));
    }
    orphans = Set.copyOf(orphansNow);
    podSecurityPolicies = Set.copyOf(podSecurityPoliciesNow);
  }

  private static String some(Collection<AccountId> ids) {
    String named =
        new TreeSet<>(ids).stream().limit(NAMED).map(AccountId::toString).toList().toString();
    return ids.size() > NAMED ? named + " and " + (ids.size() - NAMED) + " more" : named;
  }
}
