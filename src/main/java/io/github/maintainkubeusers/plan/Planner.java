package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.Tombstone;

/** Says what is to be done for an account: a pure function of what should be, what is, and the time. */
public final class Planner {
    private final Duration grace;

    /** @param grace how long the previous generation keeps its rights beside a new one */
    public Planner(Duration grace) {
        this.grace = requireNonNull(grace, "grace is null");
    }

    /** The plan when nobody has looked into the home. */
    public AccountPlan plan(Account account, Observed observed, Instant now) {
        return plan(account, observed, HomeCondition.WELL, now);
    }

    /** @param home what a look into the account's home found */
    public AccountPlan plan(Account account, Observed observed, HomeCondition home, Instant now) {
        if (account.disabled()) {
            return new AccountPlan.Wait(account, "it is disabled in the directory");
        }
        if (observed.namespace() == NamespaceState.TERMINATING) {
            return new AccountPlan.Wait(account, "its namespace is being deleted");
        }
        return obstacle(account, observed).<AccountPlan>map(held -> new AccountPlan.Hold(account, held))
                .orElseGet(() -> work(account, observed, home, now));
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

    private AccountPlan work(Account account, Observed observed, HomeCondition home, Instant now) {
        if (isIn(AccountState.QUARANTINED, observed)) {
            return restore(account, observed, now);
        }
        if (isForeign(observed) && home != HomeCondition.CREDENTIALS_DAMAGED) {
            return adopt(account, observed);
        }
        return reasonToIssue(observed, home, now).map(why -> issue(account, why, observed))
                .orElseGet(() -> maintain(account, observed, home, now));
    }

    /** Nothing is issued or written into the home: the user keeps its rights until the first renewal. */
    private static AccountPlan adopt(Account account, Observed observed) {
        var steps = objects(observed);
        steps.addAll(bindings(observed, subjects(account.id(), Set.of(Generation.ADOPTED))));
        steps.add(new Step.Adopt());
        return new AccountPlan.Work(account, "taken over", steps);
    }

    private static boolean isIn(AccountState state, Observed observed) {
        return observed.record().known().filter(record -> record.state() == state).isPresent();
    }

    /** Provisioned by an earlier controller, which knew of no records. */
    private static boolean isForeign(Observed observed) {
        return observed.record() instanceof RecordState.None && observed.marker().isPresent();
    }

    private static Optional<String> reasonToIssue(Observed observed, HomeCondition home, Instant now) {
        Optional<AccountRecord> record = observed.record().known();
        if (record.isEmpty()) {
            return Optional.of(isForeign(observed) ? "those of an earlier controller were no use" : "new");
        }
        if (isIn(AccountState.REVOKED, observed)) {
            return Optional.of("revoked");
        }
        if (observed.marker().isEmpty()) {
            return Optional.of("refresh");
        }
        if (home == HomeCondition.CREDENTIALS_DAMAGED) {
            return Optional.of("damaged credentials");
        }
        return record.filter(r -> !now.isBefore(Renewal.dueAt(observed.id(), r))).map(_ -> "renewal");
    }

    /**
     * Objects first, then the home that must be able to take the credentials, then the credentials, then the record.
     * The recorded generation keeps its rights, the one before it does not: the record to come has room for one. One
     * that never came to be recorded, because we were killed, may be what stands in the home: it keeps its rights until
     * the home has the new one. What was revoked has none.
     */
    private static AccountPlan issue(Account account, String why, Observed observed) {
        AccountId id = account.id();
        Optional<Generation> recorded = observed.record().known()
                .filter(record -> record.state() != AccountState.REVOKED).map(AccountRecord::generation);
        Generation next = highest(observed).next();
        var entitled = new HashSet<Generation>(Set.of(next));
        recorded.ifPresent(entitled::add);
        var meanwhile = new HashSet<>(entitled);
        if (!isIn(AccountState.REVOKED, observed)) {
            meanwhile.addAll(unrecorded(observed));
        }
        var steps = objects(observed);
        steps.add(new Step.PrepareHome());
        steps.addAll(bindings(observed, subjects(id, meanwhile)));
        steps.add(new Step.Issue(next));
        steps.add(new Step.WriteHome());
        if (!meanwhile.equals(entitled)) {
            bindings(id.kind()).forEach(object -> steps.add(new Step.Bind(object, subjects(id, entitled))));
        }
        steps.add(new Step.WriteRecord(next, recorded.orElse(next)));
        return new AccountPlan.Work(account, why, steps);
    }

    /** Everything as it was; the record last, so that what is not given back is given back by the next pass. */
    private AccountPlan restore(Account account, Observed observed, Instant now) {
        var steps = objects(observed);
        if (observed.blocked()) {
            steps.add(new Step.Unblock());
        }
        steps.add(new Step.MarkEnabled());
        steps.addAll(bindings(observed, subjects(account.id(), entitled(observed, now))));
        steps.add(new Step.RecordReturn());
        return new AccountPlan.Work(account, "restored", steps);
    }

    private AccountPlan maintain(Account account, Observed observed, HomeCondition home, Instant now) {
        var steps = objects(observed);
        steps.addAll(bindings(observed, subjects(account.id(), entitled(observed, now))));
        if (home == HomeCondition.KUBECONFIG_OUTDATED) {
            steps.addAll(List.of(new Step.PrepareHome(), new Step.WriteKubeconfig()));
        }
        return new AccountPlan.Work(account, steps.isEmpty() ? "" : "repair", steps);
    }

    private static List<Step> objects(Observed observed) {
        var steps = new ArrayList<Step>();
        if (observed.namespace() != NamespaceState.READY) {
            steps.add(new Step.ApplyNamespace());
        }
        ManagedObject.of(observed.id().kind()).stream()
                .filter(object -> !object.isBinding() && !observed.present().contains(object))
                .forEach(object -> steps.add(new Step.Create(object)));
        return steps;
    }

    private static List<Step> bindings(Observed observed, Set<Subject> wanted) {
        return bindings(observed.id().kind()).filter(object -> !wanted.equals(observed.subjects().get(object)))
                .<Step>map(object -> new Step.Bind(object, wanted)).toList();
    }

    /**
     * The recorded generation, and the one before it while the grace period lasts. A record that a wrong clock put into
     * the future does not prolong it.
     */
    private Set<Generation> entitled(Observed observed, Instant now) {
        var generations = new HashSet<Generation>();
        observed.record().known().ifPresent(record -> {
            generations.add(record.generation());
            if (Duration.between(record.since(), now).abs().compareTo(grace) < 0) {
                generations.add(record.previous());
            }
        });
        return generations;
    }

    /**
     * The highest generation ever given out: a binding may name one that never came to be recorded, because we were
     * killed in between. Its certificate may exist, so its number is not used again.
     */
    private static Generation highest(Observed observed) {
        return Stream
                .of(bound(observed), observed.record().known().map(AccountRecord::generation).stream(),
                        observed.tombstone().map(Tombstone::generation).stream())
                .flatMap(Function.identity()).max(Generation::compareTo).orElse(Generation.ADOPTED);
    }

    private static Set<Generation> unrecorded(Observed observed) {
        Generation recorded = observed.record().known().map(AccountRecord::generation).orElse(Generation.ADOPTED);
        return bound(observed).filter(generation -> generation.compareTo(recorded) > 0).collect(toSet());
    }

    /** The generations that bindings name. */
    private static Stream<Generation> bound(Observed observed) {
        return observed.subjects().values().stream().flatMap(Set::stream)
                .filter(subject -> subject.type() == Subject.Type.GROUP)
                .flatMap(subject -> Generation.ofGroup(observed.id(), subject.name()).stream());
    }

    private static Stream<ManagedObject> bindings(AccountKind kind) {
        return ManagedObject.of(kind).stream().filter(ManagedObject::isBinding);
    }

    private static Set<Subject> subjects(AccountId id, Set<Generation> entitled) {
        var subjects = new HashSet<Subject>();
        for (Generation generation : entitled) {
            subjects.add(generation.equals(Generation.ADOPTED)
                    ? Subject.user(id.name().value())
                    : Subject.group(generation.group(id)));
        }
        return subjects;
    }
}
