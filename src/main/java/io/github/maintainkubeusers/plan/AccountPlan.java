package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.Held;

/** What is to be done for one account: steps, or none and a reason to wait or to hold it. */
public sealed interface AccountPlan {
    Account account();

    /** @param why in a few words, for people; empty when there are no steps */
    record Work(Account account, String why, List<Step> steps) implements AccountPlan {
        public Work {
            requireNonNull(why, "why is null");
            steps = List.copyOf(steps);
        }
    }

    /** Something that passes by itself stands in the way. */
    record Wait(Account account, String reason) implements AccountPlan {}

    /** Somebody has to put something right first. */
    record Hold(Account account, Held held) implements AccountPlan {}

    default Optional<Work> work() {
        return this instanceof Work work && !work.steps().isEmpty() ? Optional.of(work) : Optional.empty();
    }
}
