package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountName;

/**
 * Stops departures that are more likely a fault of the directory than somebody's wish: an answer that is empty by
 * mistake must not take everybody's access away.
 */
public final class Brake {
    private final DeparturePolicy policy;

    public Brake(DeparturePolicy policy) {
        this.policy = requireNonNull(policy, "policy is null");
    }

    /** What the brake says of a pass's departures. */
    public sealed interface Verdict {
        record Free() implements Verdict {}

        /** Only because an admin allowed it, once. */
        record Allowed(Allowance by) implements Verdict {}

        record Refused(String reason) implements Verdict {}
    }

    /**
     * @param departing how many would lose access or be removed
     * @param provisioned how many there are
     */
    public Verdict judge(Desired desired, int departing, int provisioned, Optional<Allowance> allowance, Instant now) {
        Optional<Allowance> valid = allowance.filter(given -> now.isBefore(given.until()) && departing <= given.upTo());
        if (departing == 0) {
            return new Verdict.Free();
        }
        return refusal(desired, departing, provisioned)
                .map(reason -> valid.<Verdict>map(Verdict.Allowed::new).orElseGet(() -> new Verdict.Refused(reason)))
                .orElseGet(Verdict.Free::new);
    }

    private Optional<String> refusal(Desired desired, int departing, int provisioned) {
        Set<AccountName> missing = new TreeSet<>(policy.sentinels());
        missing.removeAll(desired.accounts().stream().filter(account -> account.id().kind() == AccountKind.TOOL)
                .map(account -> account.id().name()).collect(toSet()));
        if (!missing.isEmpty()) {
            return Optional.of("the directory has no tool " + missing + ", which it must have to be believed");
        }
        int budget = policy.budget(provisioned);
        return departing <= budget
                ? Optional.empty()
                : Optional.of(departing + " of " + provisioned + " accounts would lose access, at most " + budget
                        + " may in one pass; if that is right, see 'maintain-kubeusers allow-removals --help'");
    }
}
