package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;

import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leadership by a Lease. Once lost it does not come back: the process ends, and another one begins as a candidate. */
public final class LeaseElection implements Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseElection.class);

    private final LeaderElector elector;
    private final Tenure tenure;
    private final Thread campaign = Thread.ofPlatform().daemon().name("election").unstarted(this::run);
    private final Thread watchdog = Thread.ofPlatform().daemon().name("election-watchdog").unstarted(this::watch);
    private Runnable elected = () -> {};
    private Runnable lost = () -> {};
    private volatile String leader = "";

    /** @param identity by which the others know this process; no other may ever have the same */
    public LeaseElection(ClusterConnection connection, String namespace, LeaseSettings settings, String identity,
            InstantSource clock) {
        this.tenure = new Tenure(requireNonNull(clock, "clock is null"), settings.renewDeadline());
        var lease = new LeaseLock(namespace, settings.name(), identity, connection.leases(settings.retryPeriod()));
        var lock = new WatchedLock(lease, clock, this::held, this::heldByAnother);
        this.elector = new LeaderElector(new LeaderElectionConfig(lock, settings.duration(), settings.renewDeadline(),
                settings.retryPeriod()), e -> LOG.debug("An attempt to take the lease failed", e));
    }

    @Override
    public void campaign(Runnable whenElected, Runnable whenLost) {
        elected = requireNonNull(whenElected, "whenElected is null");
        lost = requireNonNull(whenLost, "whenLost is null");
        watchdog.start();
        campaign.start();
    }

    @Override
    public boolean holds() {
        return tenure.holds();
    }

    @Override
    public void close() {
        tenure.end();
        elector.close();
        campaign.interrupt();
    }

    /** Ends when the lease could not be renewed, which the watchdog sees as well, or with {@link #close}. */
    private void run() {
        elector.run(() -> {}, () -> {});
    }

    private void watch() {
        try {
            if (tenure.awaitEnd()) {
                tenure.end();
                lost.run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void held(Instant begun) {
        if (tenure.renewed(begun)) {
            LOG.info("This process leads");
            elected.run();
        }
    }

    private void heldByAnother(String holder) {
        if (!tenure.isCandidate()) {
            tenure.takenAway();
        } else if (!holder.equals(leader)) {
            leader = holder;
            LOG.info("Standing by: {} leads", holder);
        }
    }
}
