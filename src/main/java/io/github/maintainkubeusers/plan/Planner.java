package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.Upkeep;

/** Says what is to be done for an account: a pure function of what should be, what is, and the time. */
public final class Planner {
    private final Duration grace;
    private final RefreshLimit limit;

    /**
     * @param grace how long the previous generation keeps its rights beside a new one
     * @param limit how often owners may have new credentials
     */
    public Planner(Duration grace, RefreshLimit limit) {
        this.grace = requireNonNull(grace, "grace is null");
        this.limit = requireNonNull(limit, "limit is null");
    }

    public AccountPlan plan(Account account, Blueprint blueprint, Observed observed, Outlook outlook) {
        if (account.disabled()) {
            return new AccountPlan.Wait(account, "it is disabled in the directory");
        }
        if (observed.namespace() == NamespaceState.TERMINATING) {
            return new AccountPlan.Wait(account, "its namespace is being deleted");
        }
        return obstacle(account, observed).<AccountPlan>map(held -> new AccountPlan.Hold(account, held))
                .orElseGet(() -> work(account, blueprint, observed, outlook));
    }

    /**
     * When an account for which there is nothing to do now may need something although nothing has changed: the end of
     * a grace period, a refresh that had to wait, the next renewal.
     */
    public Instant nextMoment(Observed observed, Instant now) {
        return observed.record().known().stream()
                .flatMap(record -> Stream.of(record.since().minus(grace), record.since().plus(grace),
                        limit.nextAt(record.upkeep().throttle()), Renewal.dueAt(observed.id(), record)))
                .filter(moment -> !moment.isBefore(now)).min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    private static Optional<Held> obstacle(Account account, Observed observed) {
        AccountId id = account.id();
        if (observed.namespace() == NamespaceState.FOREIGN) {
            return Optional.of(Held.of(id, HoldReason.FOREIGN_NAMESPACE,
                    "a namespace of its name exists without our labels and record: it is somebody else's"));
        }
        return switch (observed.record()) {
            case RecordState.Unreadable(String why) -> Optional.of(Held.of(id, HoldReason.UNREADABLE_RECORD, why));
            case RecordState.None() -> observed.tombstone().filter(grave -> !grave.uid().equals(account.uid()))
                    .map(grave -> Held.of(id, HoldReason.NAME_REUSED, "the directory gives it user id " + account.uid()
                            + ", an account of this name that was removed had " + grave.uid()
                            + ": the name may have a new owner. To let it in, an admin runs"
                            + " 'maintain-kubeusers forget' for it"));
            case RecordState.Known(AccountRecord record) when !record.uid().equals(account.uid()) ->
                Optional.of(Held.of(id, HoldReason.NAME_REUSED, "the directory gives it user id " + account.uid()
                        + ", it was provisioned with " + record.uid() + ": the name may have a new owner"));
            case RecordState.Known _ -> Optional.empty();
        };
    }

    private AccountPlan work(Account account, Blueprint blueprint, Observed observed, Outlook outlook) {
        if (observed.isIn(AccountState.QUARANTINED)) {
            return restore(account, blueprint, observed);
        }
        if (observed.isForeign() && outlook.home() != HomeCondition.CREDENTIALS_DAMAGED) {
            return adopt(account, blueprint, observed, outlook);
        }
        return IssueReason.of(observed, outlook, limit).map(why -> issue(account, why, blueprint, observed, outlook))
                .orElseGet(() -> maintain(account, blueprint, observed, outlook));
    }

    /** Nothing is issued or written into the home: the user keeps its rights until the first renewal. */
    private static AccountPlan adopt(Account account, Blueprint blueprint, Observed observed, Outlook outlook) {
        ObjectWork objects = ObjectWork.of(blueprint, observed);
        StepList steps = objects.steps();
        steps.addAll(bindings(blueprint, observed, Set.of(Generation.ADOPTED)));
        Upkeep upkeep = Upkeep.NONE.withObjects(objects.fingerprints());
        boolean seen = outlook.home() == HomeCondition.WELL;
        steps.add(new Step.Adopt(seen ? upkeep.withKubeconfig(outlook.authorities().access()) : upkeep));
        return new AccountPlan.Work(account, "taken over", steps.steps(), Wave.NONE, objects.kept());
    }

    /**
     * Objects first, then the home that must be able to take the credentials, then the credentials, then the record.
     * The recorded generation keeps its rights, the one before it does not: the record to come has room for one. One
     * that never came to be recorded, because we were killed, may be what stands in the home: it keeps its rights until
     * the home has the new one. What was revoked has none.
     */
    private static AccountPlan issue(Account account, IssueReason why, Blueprint blueprint, Observed observed,
            Outlook outlook, Upkeep upkeep) {
        Optional<Generation> recorded = Entitlement.recorded(observed);
        Generation next = Entitlement.next(observed);
        Set<Generation> entitled = recorded.map(before -> Set.of(before, next)).orElse(Set.of(next));
        var meanwhile = new HashSet<>(entitled);
        if (why != IssueReason.REVOKED) {
            meanwhile.addAll(Entitlement.unrecorded(observed));
        }
        ObjectWork objects = ObjectWork.of(blueprint, observed);
        StepList steps = objects.steps();
        steps.add(new Step.PrepareHome());
        steps.addAll(bindings(blueprint, observed, meanwhile));
        steps.add(new Step.Issue(next));
        steps.add(new Step.WriteHome());
        if (!meanwhile.equals(entitled)) {
            Set<Subject> subjects = Entitlement.subjects(account.id(), entitled);
            blueprint.bindings().forEach(desired -> steps.add(new Step.Bind(desired.object(), subjects)));
        }
        steps.add(new Step.WriteRecord(next, recorded.orElse(next),
                upkeep.withObjects(objects.fingerprints()).withKubeconfig(outlook.authorities().access())));
        return new AccountPlan.Work(account, why.words(), steps.steps(), why.wave(), objects.kept());
    }

    private AccountPlan issue(Account account, IssueReason why, Blueprint blueprint, Observed observed,
            Outlook outlook) {
        Upkeep upkeep = observed.upkeep();
        return issue(account, why, blueprint, observed, outlook, why == IssueReason.REFRESH
                ? upkeep.withThrottle(limit.charged(upkeep.throttle(), outlook.now()))
                : upkeep);
    }

    /** Everything as it was; the record last, so that what is not given back is given back by the next pass. */
    private static AccountPlan restore(Account account, Blueprint blueprint, Observed observed) {
        ObjectWork objects = ObjectWork.of(blueprint, observed);
        StepList steps = objects.steps();
        if (observed.blocked()) {
            steps.add(new Step.Unblock());
        }
        steps.add(new Step.MarkEnabled());
        steps.addAll(bindings(blueprint, observed, Set.of(observed.record().known().orElseThrow().generation())));
        steps.add(new Step.RecordReturn(observed.upkeep().withObjects(objects.fingerprints())));
        return new AccountPlan.Work(account, "restored", steps.steps(), Wave.NONE, objects.kept());
    }

    private AccountPlan maintain(Account account, Blueprint blueprint, Observed observed, Outlook outlook) {
        ObjectWork objects = ObjectWork.of(blueprint, observed);
        StepList steps = objects.steps();
        steps.addAll(bindings(blueprint, observed, Entitlement.current(observed, grace, outlook.now())));
        Upkeep upkeep = kubeconfig(steps, observed, outlook).withObjects(objects.fingerprints());
        record(steps, observed.record().known().orElseThrow(), observed, upkeep);
        return new AccountPlan.Work(account, why(steps), steps.steps(), steps.wave(), objects.kept());
    }

    private static String why(StepList steps) {
        if (steps.steps().isEmpty()) {
            return "";
        }
        if (steps.steps().stream().anyMatch(Step.DelayRefresh.class::isInstance)) {
            return "refresh delayed";
        }
        return steps.wave() == Wave.NONE ? "repair" : "rollout";
    }

    /** A kubeconfig that was written for another server or other authorities is written anew. */
    private static Upkeep kubeconfig(StepList steps, Observed observed, Outlook outlook) {
        Optional<String> access = outlook.authorities().access();
        if (outlook.home() == HomeCondition.KUBECONFIG_OUTDATED) {
            steps.addAll(List.of(new Step.PrepareHome(), new Step.WriteKubeconfig()));
        } else if (outlook.home() == HomeCondition.UNSEEN && access.isPresent()
                && !observed.upkeep().kubeconfig().equals(access)) {
            steps.addRoutine(new Step.PrepareHome());
            steps.addRoutine(new Step.WriteKubeconfig());
        }
        return observed.upkeep().withKubeconfig(access);
    }

    private void record(StepList steps, AccountRecord record, Observed observed, Upkeep upkeep) {
        boolean delayed = IssueReason.isRefreshWanted(observed);
        if (record.state() != AccountState.whileRefreshWaits(delayed)) {
            steps.add(new Step.DelayRefresh(upkeep));
        } else if (!upkeep.equals(record.upkeep())) {
            steps.addRoutine(new Step.RecordUpkeep(upkeep));
        }
        Marker marker = delayed
                ? Marker.delayed(observed.id().kind(), record, limit.nextAt(upkeep.throttle()))
                : Marker.of(observed.id().kind(), record);
        if (!observed.marker().equals(Optional.of(marker))) {
            steps.add(new Step.WriteMarker(marker));
        }
    }

    private static List<Step> bindings(Blueprint blueprint, Observed observed, Set<Generation> entitled) {
        Set<Subject> subjects = Entitlement.subjects(observed.id(), entitled);
        var steps = new ArrayList<Step>();
        observed.bindings().keySet().stream().filter(object -> !blueprint.hasBinding(object)).sorted()
                .forEach(object -> steps.add(new Step.Delete(object)));
        for (DesiredObject desired : blueprint.bindings()) {
            Bound bound = observed.bindings().get(desired.object());
            if (bound == null || !bound.gives(desired.fingerprint(), subjects)) {
                steps.add(new Step.Bind(desired.object(), subjects));
            }
        }
        return steps;
    }
}
