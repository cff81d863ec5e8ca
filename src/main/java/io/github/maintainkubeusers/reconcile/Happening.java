package io.github.maintainkubeusers.reconcile;

import java.time.Instant;
import java.util.List;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.DeparturePlan;
import io.github.maintainkubeusers.plan.Desired;
import io.github.maintainkubeusers.plan.Step;

/** What those who watch the controller may want to know. */
public sealed interface Happening {
    /** @param number 1 for the first of this process */
    record PassStarted(long number) implements Happening {}

    record StageEntered(Stage stage) implements Happening {}

    /** Work of a pass, on one account, came to its end; others may still be under way. */
    record PassProgressed() implements Happening {}

    record DirectoryRead(Desired desired, Instant readAt) implements Happening {}

    /** What the cluster holds is known from now on. */
    record MirrorsLoaded() implements Happening {}

    /** This process is ready to take over from the one that works, or tried to be. */
    record StoodBy() implements Happening {}

    /** All these steps were done for an account. */
    record Worked(Account account, String why, List<Step> steps) implements Happening {
        public Worked {
            steps = List.copyOf(steps);
        }
    }

    /** All of a plan was carried out. */
    record Departed(DeparturePlan plan) implements Happening {}

    /** What {@link Settled} tells next has this cause. */
    record AccountFailed(AccountId id, RuntimeException cause) implements Happening {}

    /** What came of a look at an account, in a pass or between two. */
    record Settled(AccountId id, Outcome outcome) implements Happening {}

    record PassFinished(PassReport report) implements Happening {}

    /** The pass could not run, or not to its end. */
    record PassFailed(RuntimeException cause) implements Happening {}
}
