package io.github.maintainkubeusers.kube;

import java.time.Duration;
import java.util.Optional;

/** How the API server is. */
public interface ApiServerHealth {
  /** Why nothing that can wait should be asked of it now; empty while it is well. */
  Optional<String> degradedReason();

  /**
   * By how much our clock is ahead of the API server's; none before it has answered. When it seems
   * more than this, the server is asked anew: it may have answered nothing for a while.
   */
  Duration clockSkew(Duration doubtful);
}
