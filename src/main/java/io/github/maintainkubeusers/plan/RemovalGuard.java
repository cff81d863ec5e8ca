package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountName;

/**
 * Refuses removals that are more likely a fault of the directory than somebody's intention: an answer that is empty by
 * mistake must not take everybody's access away.
 */
public final class RemovalGuard {
    private final RemovalPolicy policy;

    public RemovalGuard(RemovalPolicy policy) {
        this.policy = requireNonNull(policy, "policy is null");
    }

    /** The decision about all removals of a pass. */
    public sealed interface Verdict {
        record Free() implements Verdict {}

        /** Permitted only because an admin approved it, once. */
        record Allowed(RemovalApproval by) implements Verdict {}

        record Refused(String reason) implements Verdict {}
    }

    /**
     * @param removals how many would lose access or be removed
     * @param provisioned how many there are
     */
    public Verdict judge(WantedAccounts wanted, int removals, int provisioned, Optional<RemovalApproval> approval,
            Instant now) {
        Optional<RemovalApproval> valid = approval
                .filter(given -> now.isBefore(given.until()) && removals <= given.upTo());
        if (removals == 0) {
            return new Verdict.Free();
        }
        return refusal(wanted, removals, provisioned)
                .map(reason -> valid.<Verdict>map(Verdict.Allowed::new).orElseGet(() -> new Verdict.Refused(reason)))
                .orElseGet(Verdict.Free::new);
    }

    private Optional<String> refusal(WantedAccounts wanted, int removals, int provisioned) {
        Set<AccountName> missing = new TreeSet<>(policy.sentinels());
        missing.removeAll(wanted.accounts().keySet().stream().filter(id -> id.kind() == AccountKind.TOOL)
                .map(AccountId::name).collect(toSet()));
        if (!missing.isEmpty()) {
            return Optional.of("the directory has no tool " + missing + ", which it must have to be believed");
        }
        int budget = policy.budget(provisioned);
        return removals <= budget
                ? Optional.empty()
                : Optional.of(removals + " of " + provisioned + " accounts would lose access, at most " + budget
                        + " may in one pass; if that is right, see 'maintain-kubeusers allow-removals --help'");
    }
}
