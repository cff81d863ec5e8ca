package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import java.time.Duration;

/**
 * How new credentials come beside old ones.
 *
 * @param grace how long superseded credentials keep their rights beside new ones
 * @param limit how often owners may have new credentials
 * @param revocation by what new ones can be told from old ones
 */
public record IssuePolicy(Duration grace, RefreshLimit limit, Revocation revocation) {
  public IssuePolicy {
    requireNonNull(grace, "grace is null");
    requireNonNull(limit, "limit is null");
    requireNonNull(revocation, "revocation is null");
  }

  /** That of a service, whose operator wants it so. */
  IssuePolicy ofService(Duration overlap) {
    return new IssuePolicy(overlap, RefreshLimit.NONE, Revocation.GROUPS);
  }

  /**
   * Whether new credentials get a group of their own. They do in any case where earlier ones are
   * never to work again: as the same User, those would.
   */
  boolean givesGroup(AccountId id, Observed observed, IssueReason why) {
    return revocation == Revocation.GROUPS
        || id.kind() == AccountKind.SERVICE
        || why == IssueReason.NEW_OWNER
        || observed.facts().revocation().isPresent()
        || observed.facts().forgotten().isPresent();
  }
}
