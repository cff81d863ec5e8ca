package io.github.maintainkubeusers.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What planners are given in these tests. */
final class Contexts {
  static final RefreshLimit LIMIT = new RefreshLimit(3, Duration.ofMinutes(5));
  static final RemovalPolicy QUARANTINE =
      new RemovalPolicy(false, Duration.ofDays(40), 5, 1, Set.of());
  static final RemovalPolicy DELETION =
      new RemovalPolicy(true, Duration.ofDays(40), 5, 1, Set.of());

  private Contexts() {}

  /** Nobody has looked into the home; new credentials have IDs above all that tests use. */
  static PlanContext at(TrustedCas cas, Instant now) {
    var ids = new AtomicInteger(1000);
    return new PlanContext(
        cas,
        HomeCondition.UNCHECKED,
        Optional.empty(),
        Optional.empty(),
        now,
        _ -> ObservedBuilder.id(ids.incrementAndGet()));
  }
}
