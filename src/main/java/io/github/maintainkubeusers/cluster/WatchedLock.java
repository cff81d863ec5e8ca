package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.function.Predicate;
import java.util.function.Supplier;

import io.kubernetes.client.extended.leaderelection.LeaderElectionRecord;
import io.kubernetes.client.extended.leaderelection.Lock;
import io.kubernetes.client.openapi.ApiException;

/** Tells what the elector learns of the lock, at once and with the time at which each attempt was begun. */
final class WatchedLock implements Lock {
    private static final int NOT_FOUND = 404;

    private final Lock lock;
    private final Supplier<Tenure.Moment> clock;
    private final Listener listener;

    /** Who wants to know. */
    interface Listener {
        void held(Tenure.Moment begun);

        void heldBy(String another);

        /** @param message "could not ..." */
        void failed(String message);
    }

    WatchedLock(Lock lock, Supplier<Tenure.Moment> clock, Listener listener) {
        this.lock = requireNonNull(lock, "lock is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    @Override
    public LeaderElectionRecord get() throws ApiException {
        try {
            LeaderElectionRecord record = lock.get();
            String holder = record.getHolderIdentity();
            if (holder != null && !holder.equals(identity())) {
                listener.heldBy(holder);
            }
            return record;
        } catch (ApiException e) {
            if (e.getCode() != NOT_FOUND) {
                listener.failed(Failures.of("read leases " + describe(), e).getMessage());
            }
            throw e;
        }
    }

    @Override
    public boolean create(LeaderElectionRecord record) {
        return attempt("create", lock::create, record);
    }

    @Override
    public boolean update(LeaderElectionRecord record) {
        return attempt("update", lock::update, record);
    }

    private boolean attempt(String action, Predicate<LeaderElectionRecord> write, LeaderElectionRecord record) {
        Tenure.Moment begun = clock.get();
        boolean success = write.test(record);
        if (!success) {
            listener.failed(
                    "could not " + action + " leases " + describe() + ": another came first, or it is not allowed");
        } else if (identity().equals(record.getHolderIdentity())) {
            listener.held(begun);
        }
        return success;
    }

    @Override
    public String identity() {
        return lock.identity();
    }

    @Override
    public String describe() {
        return lock.describe();
    }
}
