package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

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

    /** @param identity by which the others know this process; no other may ever have the same */
    public LeaseElection(ClusterConnection connection, String namespace, LeaseSettings settings, String identity,
            InstantSource clock) {
        this.tenure = new Tenure(requireNonNull(clock, "clock is null"), System::nanoTime, settings.renewDeadline());
        var lease = new LeaseLock(namespace, settings.name(), identity, connection.leases(settings.retryPeriod()));
        var lock = new WatchedLock(lease, tenure::now, new Events());
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

    /** On the elector's own thread, one at a time. */
    private final class Events implements WatchedLock.Listener {
        /** One failure or two are usual: another was faster, or the API server away for a moment. */
        private static final int TOLD_AT = 3;

        private String leader = "";
        private int failures;

        @Override
        public void held(Tenure.Moment begun) {
            failures = 0;
            if (tenure.renewed(begun)) {
                LOG.info("This process leads");
                elected.run();
            }
        }

        @Override
        public void heldBy(String another) {
            if (!tenure.isCandidate()) {
                tenure.takenAway();
            } else if (!another.equals(leader)) {
                leader = another;
                failures = 0;
                LOG.info("Standing by: {} leads", another);
            }
        }

        @Override
        public void failed(String message) {
            failures++;
            LOG.debug("{}", message);
            if (failures == TOLD_AT) {
                LOG.warn("{}", message);
            }
        }
    }
}
