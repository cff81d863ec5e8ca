package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Tombstone;

/**
 * Says what is to be taken away from an account that departs: first its rights and pods, which can be given back, and
 * only after the retention everything.
 */
public final class DeparturePlanner {
    private final DeparturePolicy policy;

    public DeparturePlanner(DeparturePolicy policy) {
        this.policy = requireNonNull(policy, "policy is null");
    }

    public DeparturePlan plan(Departure departure, Observed observed, Instant now) {
        return observed.record().known().filter(_ -> observed.namespace() != NamespaceState.TERMINATING)
                .map(record -> plan(departure, observed, record, now))
                .orElseGet(() -> new DeparturePlan(departure, "nothing of ours", false, List.of()));
    }

    private DeparturePlan plan(Departure departure, Observed observed, AccountRecord record, Instant now) {
        boolean quarantined = record.state() == AccountState.QUARANTINED;
        if (policy.deleteAtOnce() || (quarantined && !now.isBefore(record.since().plus(policy.retention())))) {
            return new DeparturePlan(departure, "removed", true, removal(observed, record));
        }
        List<DepartureStep> steps = quarantine(departure, observed, quarantined);
        return new DeparturePlan(departure, "quarantined", !quarantined && hasAccess(observed), steps);
    }

    /** One that has lost everything already, and only waits for its home to answer, loses nothing more. */
    private static boolean hasAccess(Observed observed) {
        return observed.bindings().values().stream().anyMatch(bound -> !bound.subjects().isEmpty())
                || (observed.id().kind() == AccountKind.TOOL && !observed.blocked());
    }

    private static List<DepartureStep> quarantine(Departure departure, Observed observed, boolean quarantined) {
        var steps = new ArrayList<DepartureStep>();
        observed.bindings().entrySet().stream().filter(binding -> !binding.getValue().subjects().isEmpty())
                .map(Map.Entry::getKey).sorted().forEach(binding -> steps.add(new DepartureStep.Withdraw(binding)));
        if (observed.id().kind() == AccountKind.TOOL && !observed.blocked()) {
            steps.add(new DepartureStep.Block());
            steps.add(new DepartureStep.DeletePods());
        }
        if (!quarantined) {
            departure.account().ifPresent(_ -> steps.add(new DepartureStep.MarkDisabled()));
            steps.add(new DepartureStep.RecordQuarantine());
        }
        return steps;
    }

    private static List<DepartureStep> removal(Observed observed, AccountRecord record) {
        var steps = new ArrayList<DepartureStep>();
        Set<ManagedObject> bindings = observed.bindings().keySet();
        bindings.stream().sorted().forEach(binding -> steps.add(new DepartureStep.Withdraw(binding)));
        steps.add(new DepartureStep.Bury(Tombstone.of(record)));
        switch (observed.id().kind()) {
            case TOOL -> steps.add(new DepartureStep.DeleteNamespace());
            case ADMIN -> {
                bindings.stream().sorted().forEach(binding -> steps.add(new DepartureStep.DeleteBinding(binding)));
                steps.add(new DepartureStep.DeleteRecord());
            }
        }
        return steps;
    }
}
