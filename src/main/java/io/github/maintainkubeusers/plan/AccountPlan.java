package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.Held;

/** What is to be done for one account: steps, or none and a reason to wait or to hold it. */
public sealed interface AccountPlan {
    Account account();

    /**
     * @param why in a few words, for people; empty when there are no steps
     * @param kept objects that somebody changed by hand, which are left as they are
     */
    record Work(Account account, String why, List<Step> steps, Wave wave, List<ManagedObject> kept)
            implements
                AccountPlan {
        public Work {
            requireNonNull(why, "why is null");
            requireNonNull(wave, "wave is null");
            steps = List.copyOf(steps);
            kept = List.copyOf(kept);
        }

        public Work(Account account, String why, List<Step> steps) {
            this(account, why, steps, Wave.NONE, List.of());
        }

        /**
         * True when it only undoes what the owner can do again at any moment: were that done at once, an owner could
         * keep the program and the API server busy.
         */
        public boolean canWaitForAPass() {
            return steps.stream().allMatch(step -> switch (step) {
                case Step.WriteMarker _ -> true;
                case Step.Create(var object) -> object.kind() == ObjectKind.NETWORK_POLICY;
                case Step.Update(var object) -> object.kind() == ObjectKind.NETWORK_POLICY;
                default -> false;
            });
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
