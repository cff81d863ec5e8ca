package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.plan.RemovalApproval;
import io.github.maintainkubeusers.plan.RemovalGuard;
import io.github.maintainkubeusers.plan.RemovalPolicy;
import io.github.maintainkubeusers.plan.WantedAccounts;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for a whole pass whether access is taken away from those whom the directory no longer
 * wants.
 */
final class Removals {
  private static final Logger LOG = LoggerFactory.getLogger(Removals.class);

  private final Cluster cluster;
  private final RemovalGuard guard;
  private final Targets targets;
  private final InstantSource clock;
  private String refusal = "";

  Removals(Cluster cluster, RemovalPolicy policy, Targets targets, InstantSource clock) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.guard = new RemovalGuard(policy);
    this.targets = requireNonNull(targets, "targets is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * What the guard says of these removals.
   *
   * @param known the accounts of which the cluster has anything
   */
  RemovalGuard.Verdict judge(WantedAccounts wanted, Set<AccountId> removals, Set<AccountId> known) {
    return guard.judge(wanted, removals, known, cluster.approvals().current(), clock.instant());
  }

  /** Decides about these removals, and lets {@link Targets} know. */
  void decide(WantedAccounts wanted, Set<AccountId> removals, Set<AccountId> known) {
    switch (judge(wanted, removals, known)) {
      case RemovalGuard.Verdict.Free() -> {
        publish("");
        targets.decide(wanted, removals);
      }
      case RemovalGuard.Verdict.Allowed(RemovalApproval approval) -> {
        LOG.warn(
            "{} accounts lose access: approved by {} at {}",
            removals.size(),
            approval.by(),
            approval.at());
        cluster.approvals().use(clock.instant());
        targets.decide(wanted, removals);
      }
      case RemovalGuard.Verdict.Refused(String reason) -> {
        publish(reason);
        targets.refuse(wanted, reason);
      }
    }
  }

  /** Takes nobody's access away. */
  void none(WantedAccounts wanted) {
    targets.decide(wanted, Set.of());
  }

  private void publish(String reason) {
    if (!reason.isEmpty() && !reason.equals(refusal)) {
      LOG.error("Removals refused: {}", reason);
    }
    refusal = reason;
  }
}
