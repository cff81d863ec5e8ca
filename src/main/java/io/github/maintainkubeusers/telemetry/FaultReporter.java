package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.LastingFault;
import io.github.maintainkubeusers.cluster.FaultStore;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.ControllerListener;
import io.github.maintainkubeusers.reconcile.FaultText;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what fails where {@code status} finds it. It costs one read in the life of a process, and
 * one write for a pass in which a fault begins, ends or is put off; none when nothing fails. No
 * pass waits for it: while one report is being written, the next pass's is left out, and a report
 * that failed is made up for by the next.
 */
final class FaultReporter implements ControllerListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultReporter.class);

  /** Together well below what a ConfigMap can hold. */
  private static final int MOST = 500;

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final FaultStore store;
  private final InstantSource clock;
  private Thread writing = Thread.ofVirtual().unstarted(() -> {});
  private volatile Optional<Map<AccountId, LastingFault>> reported = Optional.empty();

  FaultReporter(FaultStore store, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public synchronized void onEvent(ControllerEvent event) {
    if (writing.isAlive()) {
      return;
    }
    if (event instanceof ControllerEvent.PassStarted && reported.isEmpty()) {
      writing = Thread.ofVirtual().name("faults").start(this::read);
    } else if (event instanceof ControllerEvent.PassFinished(PassReport report)) {
      Map<AccountId, Outcome.Failed> failed = failed(report);
      boolean quiet = failed.isEmpty() && reported.filter(Map::isEmpty).isPresent();
      if (!quiet) {
        writing = Thread.ofVirtual().name("faults").start(() -> report(failed));
      }
    }
  }

  private static Map<AccountId, Outcome.Failed> failed(PassReport report) {
    var failed = new TreeMap<AccountId, Outcome.Failed>();
    report
        .outcomes()
        .forEach(
            (id, outcome) -> {
              if (outcome instanceof Outcome.Failed failure) {
                failed.put(id, failure);
              }
            });
    return failed;
  }

  /** Not before this process acts: until then, another one writes. */
  private void read() {
    try {
      reported = Optional.of(store.read());
    } catch (ClusterException e) {
      LOG.debug("The faults of accounts could not be read", e);
    }
  }

  /** Whether nothing is being written. */
  synchronized boolean isIdle() {
    return !writing.isAlive();
  }

  private void report(Map<AccountId, Outcome.Failed> failed) {
    try {
      Map<AccountId, LastingFault> before = reported.isPresent() ? reported.get() : store.read();
      reported = Optional.of(before);
      var now = new HashMap<AccountId, LastingFault>();
      failed.entrySet().stream()
          .limit(MOST)
          .forEach(
              entry ->
                  now.put(entry.getKey(), fault(entry.getValue(), before.get(entry.getKey()))));
      var changes = new HashMap<AccountId, Optional<LastingFault>>();
      before.keySet().forEach(id -> changes.put(id, Optional.empty()));
      now.forEach((id, fault) -> changes.put(id, Optional.of(fault)));
      changes.entrySet().removeIf(change -> isReported(before, change));
      if (!changes.isEmpty()) {
        store.write(changes);
        reported = Optional.of(now);
      }
    } catch (ClusterException e) {
      LOG.debug("The faults of accounts could not be reported", e);
    }
  }

  private static boolean isReported(
      Map<AccountId, LastingFault> before, Map.Entry<AccountId, Optional<LastingFault>> change) {
    return Optional.ofNullable(before.get(change.getKey())).equals(change.getValue());
  }

  /** One that says the same but for numbers goes on, and is not written again for them. */
  private LastingFault fault(Outcome.Failed failure, LastingFault before) {
    var fresh = new LastingFault(clock.instant(), failure.retryAt(), failure.message());
    return before != null
            && FaultText.lasting(before.cause()).equals(FaultText.lasting(fresh.cause()))
        ? new LastingFault(before.since(), fresh.next(), before.cause())
        : fresh;
  }

  /** What is being written has a moment to end. */
  @Override
  public synchronized void close() {
    try {
      if (writing.isAlive() && !writing.join(LAST_WORDS)) {
        writing.interrupt();
      }
    } catch (InterruptedException _) {
      writing.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
