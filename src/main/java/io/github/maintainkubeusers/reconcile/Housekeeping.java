package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.plan.Catalogue;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each pass does beside the accounts. A pass does not depend on its success. */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private static final String OVERRIDES = "overrides";
  private static final String STALE_OBJECTS = "stale objects";
  private static final String SIGNER = "the signer of certificates";
  static final Set<String> SUBJECTS = Set.of(OVERRIDES, STALE_OBJECTS, SIGNER);

  private final Catalogue catalogue;
  private final Cluster cluster;
  private final ClusterAuthorities cas;
  private final ClockGuard clockGuard;
  private final FaultLog faults;
  private final InstantSource clock;

  Housekeeping(
      Catalogue catalogue,
      Cluster cluster,
      ClusterAuthorities cas,
      ClockGuard clockGuard,
      FaultLog faults,
      InstantSource clock) {
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.cas = requireNonNull(cas, "cas is null");
    this.clockGuard = requireNonNull(clockGuard, "clockGuard is null");
    this.faults = requireNonNull(faults, "faults is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @throws WrongClockException when the clock here or the API server's is wrong
   */
  void requireRightClock() {
    clockGuard
        .fault()
        .ifPresent(
            wrong -> {
              throw wrong;
            });
  }

  void run() {
    attempt(OVERRIDES, catalogue::refresh);
    attempt(STALE_OBJECTS, () -> cluster.deleteStale(clock.instant()));
    attempt(SIGNER, cas::probe);
  }

  private void attempt(String subject, Runnable action) {
    try {
      action.run();
      faults.clear(subject);
    } catch (RuntimeException e) {
      LOG.debug("{}", subject, e);
      faults.report(subject, subject + ": " + e.getMessage());
    }
  }
}
