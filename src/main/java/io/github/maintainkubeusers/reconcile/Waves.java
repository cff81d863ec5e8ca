package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.maintainkubeusers.plan.Wave;

/**
 * Lets what many accounts need at once, and nobody waits for, through at a rate, and not at all while the API server is
 * unwell or one account after the other fails.
 */
final class Waves {
    private static final int FAILURES = 5;
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final double SECONDS = 60;

    private final Supplier<Optional<String>> complaint;
    private final InstantSource clock;
    private final Map<Wave, Bucket> buckets = new EnumMap<>(Wave.class);

    /** Turns that may be taken: as many as a minute brings, and more every moment. */
    private static final class Bucket {
        private final int perMinute;
        private double turns;
        private Instant filledAt;
        private int failures;
        private Instant pausedUntil = Instant.MIN;

        Bucket(int perMinute, Instant now) {
            this.perMinute = perMinute;
            this.turns = perMinute;
            this.filledAt = now;
        }

        void fill(Instant now) {
            double more = Math.max(0, Duration.between(filledAt, now).toMillis()) / 1000.0 * perMinute / SECONDS;
            turns = Math.min(perMinute, turns + more);
            filledAt = now;
        }
    }

    /** @param complaint why the API server should be left alone, if it should */
    Waves(int routinePerMinute, int urgentPerMinute, Supplier<Optional<String>> complaint, InstantSource clock) {
        this.complaint = requireNonNull(complaint, "complaint is null");
        this.clock = requireNonNull(clock, "clock is null");
        buckets.put(Wave.ROUTINE, new Bucket(routinePerMinute, clock.instant()));
        buckets.put(Wave.URGENT, new Bucket(urgentPerMinute, clock.instant()));
    }

    /** Why nobody can go with this wave now; empty when somebody can. */
    synchronized Optional<String> obstacle(Wave wave) {
        return wave == Wave.NONE ? Optional.empty() : obstacle(buckets.get(wave));
    }

    /** Takes a turn, or says why there is none. */
    synchronized Optional<String> take(Wave wave) {
        Optional<String> obstacle = obstacle(wave);
        if (wave != Wave.NONE && obstacle.isEmpty()) {
            buckets.get(wave).turns--;
        }
        return obstacle;
    }

    synchronized void ended(Wave wave, boolean well) {
        if (wave == Wave.NONE) {
            return;
        }
        Bucket bucket = buckets.get(wave);
        bucket.failures = well ? 0 : bucket.failures + 1;
        if (bucket.failures >= FAILURES) {
            bucket.pausedUntil = clock.instant().plus(PAUSE);
            bucket.failures = 0;
        }
    }

    private Optional<String> obstacle(Bucket bucket) {
        Instant now = clock.instant();
        bucket.fill(now);
        if (now.isBefore(bucket.pausedUntil)) {
            return Optional.of(FAILURES + " accounts in a row have failed: no more before " + bucket.pausedUntil);
        }
        return complaint.get().or(() -> bucket.turns < 1
                ? Optional.of("its turn, " + bucket.perMinute + " accounts a minute")
                : Optional.empty());
    }
}
