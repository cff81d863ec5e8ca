package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is to be taken away from one account.
 *
 * @param takesAway true when the account has access, or a namespace, that it will not have after this
 * @param word what becomes of it, in a word
 */
public record DeparturePlan(Departure departure, String word, boolean takesAway, List<DepartureStep> steps) {
    public DeparturePlan {
        requireNonNull(departure, "departure is null");
        requireNonNull(word, "word is null");
        steps = List.copyOf(steps);
    }
}
