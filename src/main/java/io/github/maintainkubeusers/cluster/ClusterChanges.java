package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;

/** Hears of what happens in the cluster. */
@FunctionalInterface
public interface ClusterChanges {
  /** Something managed of this account was deleted or changed. */
  void changed(AccountId id);

  /** The connection was lost and works again. */
  default void reconnected() {}
}
