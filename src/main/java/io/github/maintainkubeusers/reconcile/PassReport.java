package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Held;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What came of a pass.
 *
 * @param outcomes of every account that the directory wants provisioned, and of every one that is
 *     removed
 * @param held what the directory names but must not be provisioned
 */
public record PassReport(Map<AccountId, Outcome> outcomes, List<Held> held, Duration took) {
  public PassReport {
    outcomes = Collections.unmodifiableMap(outcomes);
    held = List.copyOf(held);
  }

  public long count(Class<? extends Outcome> which) {
    long count = 0;
    for (Outcome outcome : outcomes.values()) {
      if (which.isInstance(outcome)) {
        count++;
      }
    }
    return count;
  }

  /** One line for a log. */
  public String summary() {
    return "%d accounts in %.3f s: %d done, %d unchanged, %d pending, %d held, %d failed, %d removals refused"
        .formatted(
            outcomes.size(),
            took.toMillis() / 1000.0,
            count(Outcome.Done.class),
            count(Outcome.Unchanged.class),
            count(Outcome.Pending.class),
            count(Outcome.OnHold.class) + held.size(),
            count(Outcome.Failed.class),
            count(Outcome.Refused.class));
  }
}
