package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import java.util.Set;

/** What an earlier controller has left in the cluster and nothing uses any more. */
public interface LegacyObjects {
  /** The tools that have a PodSecurityPolicy. */
  Set<AccountId> withPodSecurityPolicy();

  /** Whether a tool has a ConfigMap of the name that newer versions of that controller give it. */
  boolean hasFormerRecord(AccountId tool);

  /** Deletes that ConfigMap. */
  void deleteFormerRecord(AccountId tool);

  /** Deletes the policy, with the role and the bindings that let it be used. */
  void deletePodSecurityPolicy(AccountId tool);
}
