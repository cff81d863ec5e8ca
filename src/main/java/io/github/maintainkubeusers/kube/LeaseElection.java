package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leadership by a Lease. Once lost it does not come back: the process ends, and another one begins
 * as a candidate. A Lease is free when nobody has renewed it for its duration, measured from when
 * this process first saw it so: the times that are written in it are those of other machines'
 * clocks.
 */
public final class LeaseElection implements Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseElection.class);

  /** One failure or two are usual: another was faster, or the API server away for a moment. */
  private static final int FAILURES_LOGGED = 3;

  private static final int MOST_COUNTED = 1_000_000_000;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final LeaseObject lease;
  private final LeaseSettings settings;
  private final String identity;
  private final InstantSource clock;
  private final LeaseTerm term;
  private final Thread campaign =
      Thread.ofPlatform().daemon().name("election").unstarted(this::run);
  private final Thread watchdog =
      Thread.ofPlatform().daemon().name("election-watchdog").unstarted(this::watch);
  private Runnable elected = () -> {};
  private Runnable lost = () -> {};
  private volatile boolean closed;
  private volatile Map<String, String> annotations = Map.of();
  private String holder = "";
  private OffsetDateTime renewed;
  private long seen = System.nanoTime();
  private int failures;
  private String toldOf = "";
  private String complaint = "";
  private boolean saidIncomplete;

  /**
   * @param identity by which the others know this process; no other may ever have the same
   */
  public LeaseElection(
      ClusterConnection connection,
      String namespace,
      LeaseSettings settings,
      String identity,
      InstantSource clock) {
    this.clock = requireNonNull(clock, "clock is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.term = new LeaseTerm(clock, System::nanoTime, settings.renewDeadline());
    // A call may take nearly half of the deadline: a slow answer is no reason to let nobody lead.
    this.lease =
        new LeaseObject(
            connection.leases(settings.renewDeadline().dividedBy(2)), namespace, settings.name());
  }

  @Override
  public void campaign(Runnable whenElected, Runnable whenLost) {
    elected = requireNonNull(whenElected, "whenElected is null");
    lost = requireNonNull(whenLost, "whenLost is null");
    watchdog.start();
    campaign.start();
  }

  @Override
  public boolean isLeader() {
    return term.isLeading();
  }

  /** With the next renewal, so that it costs no call. */
  @Override
  public void annotate(Map<String, String> own) {
    annotations = Map.copyOf(own);
  }

  @Override
  public void close() {
    boolean held = term.isLeading();
    closed = true;
    term.end();
    campaign.interrupt();
    if (held) {
      release();
    }
  }

  private void run() {
    while (!closed) {
      try {
        attempt();
        succeeded();
      } catch (RuntimeException e) {
        failed(e);
      }
      try {
        Thread.sleep(settings.retryPeriod());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Takes the Lease or renews it, or sees who holds it. */
  private void attempt() {
    LeaseTerm.Moment begun = term.now();
    var found = lease.read();
    if (found.isEmpty()) {
      lease.create(acquired(new V1LeaseSpec()));
      acquired(begun);
      return;
    }
    V1Lease read = found.get();
    V1LeaseSpec spec = read.getSpec();
    if (!isFree(spec)) {
      lostTo(spec.getHolderIdentity());
    } else if (!closed) {
      annotations.forEach(read.getMetadata()::putAnnotationsItem);
      lease.replace(read, acquired(spec));
      acquired(begun);
    }
  }

  private boolean isFree(V1LeaseSpec spec) {
    String now = Objects.requireNonNullElse(spec.getHolderIdentity(), "");
    if (now.equals(identity)) {
      return true;
    }
    if (!now.equals(holder) || !Objects.equals(renewed, spec.getRenewTime())) {
      holder = now;
      renewed = spec.getRenewTime();
      seen = System.nanoTime();
    }
    boolean incomplete = spec.getRenewTime() == null || spec.getLeaseDurationSeconds() == null;
    if (incomplete && !saidIncomplete) {
      LOG.warn("The Lease {} is incomplete: writing it anew", lease);
    }
    saidIncomplete = incomplete;
    return incomplete || now.isEmpty() || System.nanoTime() - seen >= duration(spec).toNanos();
  }

  /**
   * What its holder promised, if that is longer than what is configured here, and can be configured
   * at all.
   */
  private Duration duration(V1LeaseSpec spec) {
    Duration promised =
        Duration.ofSeconds(Math.min(spec.getLeaseDurationSeconds(), LONGEST.toSeconds()));
    return promised.compareTo(settings.duration()) > 0 ? promised : settings.duration();
  }

  private V1LeaseSpec acquired(V1LeaseSpec before) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    boolean ours = identity.equals(before.getHolderIdentity()) && before.getAcquireTime() != null;
    int transitions =
        Math.clamp(Objects.requireNonNullElse(before.getLeaseTransitions(), 0), 0, MOST_COUNTED);
    return new V1LeaseSpec()
        .holderIdentity(identity)
        .leaseDurationSeconds((int) settings.duration().toSeconds())
        .renewTime(now)
        .acquireTime(ours ? before.getAcquireTime() : now)
        .leaseTransitions(ours ? transitions : transitions + 1);
  }

  private void acquired(LeaseTerm.Moment begun) {
    if (term.renewed(begun)) {
      LOG.info("This process leads");
      elected.run();
    }
  }

  private void lostTo(String another) {
    if (!term.isCandidate()) {
      term.lost();
    } else if (!another.equals(toldOf)) {
      toldOf = another;
      LOG.info("Standing by: {} leads", another);
    }
  }

  private void succeeded() {
    failures = 0;
    if (!complaint.isEmpty()) {
      complaint = "";
      LOG.info("The Lease {} can be read and written again", lease);
    }
  }

  private void failed(RuntimeException failure) {
    failures++;
    LOG.debug("An attempt to take or renew the Lease failed", failure);
    String message = String.valueOf(failure.getMessage());
    if (failures >= FAILURES_LOGGED && !message.equals(complaint)) {
      complaint = message;
      LOG.warn("{}", message);
    }
  }

  /** So that another takes over at once. It is free in any case when its time has come. */
  private void release() {
    try {
      lease
          .read()
          .filter(read -> identity.equals(read.getSpec().getHolderIdentity()))
          .ifPresent(read -> lease.replace(read, read.getSpec().holderIdentity("")));
    } catch (ClusterException e) {
      LOG.debug("The Lease could not be given up", e);
    }
  }

  private void watch() {
    try {
      if (term.awaitEnd()) {
        term.end();
        lost.run();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
