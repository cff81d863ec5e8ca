package io.github.maintainkubeusers.plan;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.Tombstone;

/** Which generations of an account's credentials have rights. */
final class Entitlement {
    private Entitlement() {}

    /**
     * The recorded generation, and the one before it while the grace period lasts. A record that a wrong clock put into
     * the future does not prolong it.
     */
    static Set<Generation> current(Observed observed, Duration grace, Instant now) {
        AccountRecord record = observed.record().known().orElseThrow();
        boolean both = !record.previous().equals(record.generation())
                && Duration.between(record.since(), now).abs().compareTo(grace) < 0;
        return both ? Set.of(record.generation(), record.previous()) : Set.of(record.generation());
    }

    /** The recorded generation, unless it was revoked. */
    static Optional<Generation> recorded(Observed observed) {
        return observed.record().known().filter(record -> record.state() != AccountState.REVOKED)
                .map(AccountRecord::generation);
    }

    /**
     * One above the highest ever given out: a binding may name one that never came to be recorded, because we were
     * killed in between. Its certificate may exist, so its number is not used again.
     */
    static Generation next(Observed observed) {
        return Stream
                .of(bound(observed), observed.record().known().map(AccountRecord::generation).stream(),
                        observed.tombstone().map(Tombstone::generation).stream())
                .flatMap(Function.identity()).max(Generation::compareTo).orElse(Generation.ADOPTED).next();
    }

    /** Those that are bound and above the record. */
    static Set<Generation> unrecorded(Observed observed) {
        Generation recorded = observed.record().known().map(AccountRecord::generation).orElse(Generation.ADOPTED);
        return bound(observed).filter(generation -> generation.compareTo(recorded) > 0).collect(toSet());
    }

    /** How bindings name these generations. */
    static Set<Subject> subjects(AccountId id, Set<Generation> generations) {
        var subjects = new Subject[generations.size()];
        int count = 0;
        for (Generation generation : generations) {
            subjects[count++] = generation.equals(Generation.ADOPTED)
                    ? Subject.user(id.name().value())
                    : Subject.group(generation.group(id));
        }
        return Set.of(subjects);
    }

    /** The generations that bindings name. */
    private static Stream<Generation> bound(Observed observed) {
        return observed.bindings().values().stream().flatMap(bound -> bound.subjects().stream())
                .filter(subject -> subject.type() == Subject.Type.GROUP)
                .flatMap(subject -> Generation.ofGroup(observed.id(), subject.name()).stream());
    }
}
