package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import java.util.Set;

/** What an earlier controller has left in the cluster and nothing uses any more. */
public interface LegacyObjects {
  /** The tools that have a PodSecurityPolicy. */
  Set<AccountId> withPodSecurityPolicy();

  /** Deletes it, with the role and the bindings that let it be used. */
  void deletePodSecurityPolicy(AccountId tool);
}
