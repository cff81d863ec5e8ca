package io.github.maintainkubeusers.testing;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.LastingFault;
import io.github.maintainkubeusers.cluster.FaultStore;
import io.github.maintainkubeusers.kube.ClusterException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Faults of accounts, and how often they were read and written. */
public final class InMemoryFaults implements FaultStore {
  private final Map<AccountId, LastingFault> faults = new TreeMap<>();
  private boolean failing;
  private int reads;
  private int writes;

  @Override
  public synchronized Map<AccountId, LastingFault> read() {
    requireReachable();
    reads++;
    return Map.copyOf(faults);
  }

  @Override
  public synchronized void write(Map<AccountId, Optional<LastingFault>> changes) {
    requireReachable();
    writes++;
    changes.forEach(
        (id, fault) ->
            fault.ifPresentOrElse(known -> faults.put(id, known), () -> faults.remove(id)));
  }

  private void requireReachable() {
    if (failing) {
      throw new ClusterException(ClusterException.Reason.UNAVAILABLE, "the API server is away");
    }
  }

  /** From now on no call succeeds, or every one does. */
  public synchronized void fail(boolean all) {
    failing = all;
  }

  public synchronized Map<AccountId, LastingFault> all() {
    return Map.copyOf(faults);
  }

  public synchronized int reads() {
    return reads;
  }

  public synchronized int writes() {
    return writes;
  }
}
