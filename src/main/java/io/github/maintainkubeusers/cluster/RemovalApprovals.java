package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.plan.RemovalApproval;
import java.time.Instant;
import java.util.Optional;

/** The admins' approvals of more removals than the budget has room for. */
public interface RemovalApprovals {
  /** The one that has not been used. */
  Optional<RemovalApproval> current();

  void give(RemovalApproval approval);

  void use(Instant now);
}
