package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountName;
import java.time.Duration;
import java.util.Set;

/**
 * How accounts are taken away.
 *
 * @param deleteAtOnce true: a removed tool loses its namespace at once, as it did before there was
 *     quarantine
 * @param retention how long an account stays in quarantine before it is removed
 * @param budgetAccounts as many accounts may lose access in one pass, or
 * @param budgetPercent this share of all, whichever is more
 * @param sentinels tools without which a directory is not believed to be complete
 */
public record RemovalPolicy(
    boolean deleteAtOnce,
    Duration retention,
    int budgetAccounts,
    int budgetPercent,
    Set<AccountName> sentinels) {
  public RemovalPolicy {
    requireNonNull(retention, "retention is null");
    sentinels = Set.copyOf(sentinels);
  }

  /** Whether the budget is for all there are, so that nobody is to be kept by the brake. */
  boolean isForAll() {
    return budgetPercent == 100;
  }

  int budget(int provisioned) {
    return (int) Math.max(budgetAccounts, (long) provisioned * budgetPercent / 100);
  }
}
