package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.maintainkubeusers.account.AccountId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes accounts at the times at which what failed may be tried again. */
final class Retries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    private final Consumer<AccountId> wake;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("retries").daemon().factory());
    private final Map<AccountId, Instant> times = new ConcurrentHashMap<>();

    Retries(Consumer<AccountId> wake, InstantSource clock) {
        this.wake = requireNonNull(wake, "wake is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Once for each time: who looks at the account before that is told the same time again. */
    void at(AccountId id, Instant time) {
        if (time.equals(times.put(id, time))) {
            return;
        }
        long delay = Math.max(0, Duration.between(clock.instant(), time).toMillis());
        try {
            Future<?> _ = timer.schedule(() -> {
                times.remove(id, time);
                wake.accept(id);
            }, delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: not tried again, the program is ending", id, e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
