package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Uid;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the planner is told beside the target and what the cluster holds.
 *
 * @param home what a look into the account's home found
 * @param kubeconfigFault what stopped the last attempt to write the account's kubeconfig, as a
 *     sentence for its owner
 * @param kept credentials that were signed and could not be put into the home yet
 * @param ids gives the ID of new credentials, one that comes after the given one
 */
public record PlanContext(
    TrustedCas cas,
    HomeCondition home,
    Optional<String> kubeconfigFault,
    Optional<KeptCredentials> kept,
    Instant now,
    UnaryOperator<CredentialId> ids) {
  public PlanContext {
    requireNonNull(cas, "cas is null");
    requireNonNull(home, "home is null");
    requireNonNull(kubeconfigFault, "kubeconfigFault is null");
    requireNonNull(kept, "kept is null");
    requireNonNull(now, "now is null");
    requireNonNull(ids, "ids is null");
  }

  /**
   * Credentials in the memory of this process.
   *
   * @param uid of the account that they were signed for
   */
  public record KeptCredentials(CredentialId id, Uid uid) {
    public KeptCredentials {
      requireNonNull(id, "id is null");
      requireNonNull(uid, "uid is null");
    }
  }

  public PlanContext withHome(HomeCondition found) {
    return new PlanContext(cas, found, kubeconfigFault, kept, now, ids);
  }
}
