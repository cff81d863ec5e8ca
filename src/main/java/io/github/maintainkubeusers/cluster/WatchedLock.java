package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.kubernetes.client.extended.leaderelection.LeaderElectionRecord;
import io.kubernetes.client.extended.leaderelection.Lock;
import io.kubernetes.client.openapi.ApiException;

/** Tells what the elector learns of the lock, at once and with the time at which each attempt was begun. */
final class WatchedLock implements Lock {
    private final Lock lock;
    private final InstantSource clock;
    private final Consumer<Instant> held;
    private final Consumer<String> heldByAnother;

    WatchedLock(Lock lock, InstantSource clock, Consumer<Instant> held, Consumer<String> heldByAnother) {
        this.lock = requireNonNull(lock, "lock is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.held = requireNonNull(held, "held is null");
        this.heldByAnother = requireNonNull(heldByAnother, "heldByAnother is null");
    }

    @Override
    public LeaderElectionRecord get() throws ApiException {
        LeaderElectionRecord record = lock.get();
        String holder = record.getHolderIdentity();
        if (holder != null && !holder.equals(identity())) {
            heldByAnother.accept(holder);
        }
        return record;
    }

    @Override
    public boolean create(LeaderElectionRecord record) {
        return attempt(lock::create, record);
    }

    @Override
    public boolean update(LeaderElectionRecord record) {
        return attempt(lock::update, record);
    }

    private boolean attempt(Predicate<LeaderElectionRecord> write, LeaderElectionRecord record) {
        Instant begun = clock.instant();
        boolean success = write.test(record);
        if (success && identity().equals(record.getHolderIdentity())) {
            held.accept(begun);
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
