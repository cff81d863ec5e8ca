package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.LastingFault;
import io.github.maintainkubeusers.kube.ClusterException;
import java.util.Map;
import java.util.Optional;

/** Where the faults of accounts are kept for those who ask. Nothing is decided by them. */
public interface FaultStore {
  /**
   * @throws ClusterException when they could not be read
   */
  Map<AccountId, LastingFault> read();

  /**
   * @param changes empty where a fault has ended
   * @throws ClusterException when they could not be written
   */
  void write(Map<AccountId, Optional<LastingFault>> changes);
}
