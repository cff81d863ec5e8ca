package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.Tombstone;

/** One thing to take away from an account. Rights go first; the record comes last. */
public sealed interface DepartureStep {
    /** Let a binding hold nobody. */
    record Withdraw(ManagedObject binding) implements DepartureStep {}

    /** Let a tool have no pods from now on: a second quota. */
    record Block() implements DepartureStep {}

    /** Delete the pods that run; what started them stays. */
    record DeletePods() implements DepartureStep {}

    /** Tell the owner by a file in the home. */
    record MarkDisabled() implements DepartureStep {}

    record RecordQuarantine() implements DepartureStep {}

    /** Keep what must be known of an account that is gone. */
    record Bury(Tombstone tombstone) implements DepartureStep {}

    record DeleteBinding(ManagedObject binding) implements DepartureStep {}

    /** A tool's namespace and everything in it. */
    record DeleteNamespace() implements DepartureStep {}

    /** An admin's record. */
    record DeleteRecord() implements DepartureStep {}
}
