package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;

/** An answer found by looking through all accounts. Each pass asks, and mostly nothing has changed since. */
final class Remembered<T> {
    private final Changes changes;
    private final Supplier<T> search;
    private volatile Optional<Found<T>> last = Optional.empty();

    private record Found<T>(long changes, T answer) {}

    /** @param search makes an answer that is not changed any more */
    Remembered(Changes changes, Supplier<T> search) {
        this.changes = requireNonNull(changes, "changes is null");
        this.search = requireNonNull(search, "search is null");
    }

    T answer() {
        long now = changes.total(); // one that comes meanwhile lets the next who asks look again
        Optional<Found<T>> known = last.filter(found -> found.changes() == now);
        if (known.isEmpty()) {
            known = Optional.of(new Found<>(now, search.get()));
            last = known;
        }
        return known.get().answer();
    }
}
