package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.plan.Brake;
import io.github.maintainkubeusers.plan.Departure;
import io.github.maintainkubeusers.plan.DeparturePlan;
import io.github.maintainkubeusers.plan.DeparturePlanner;
import io.github.maintainkubeusers.plan.DeparturePolicy;
import io.github.maintainkubeusers.plan.Desired;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who departs, and whether it is to be believed. */
final class Departures {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final Cluster cluster;
    private final DeparturePlanner planner;
    private final Brake brake;
    private final InstantSource clock;
    private Optional<Search> last = Optional.empty();
    private String refusal = "";

    Departures(Cluster cluster, DeparturePolicy policy, InstantSource clock) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.planner = new DeparturePlanner(policy);
        this.brake = new Brake(policy);
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Mostly a pass looks for what the one before looked for. */
    private record Search(Desired desired, Set<AccountId> provisioned, List<Departure> found) {
        boolean isFor(Desired nowDesired, Set<AccountId> nowProvisioned) {
            return desired.equals(nowDesired) && provisioned.equals(nowProvisioned);
        }
    }

    /**
     * What may be carried out, and what is refused.
     *
     * @param desired whom the directory wants provisioned, after a second look where that was needed
     */
    record Decision(Desired desired, List<DeparturePlan> plans, Map<AccountId, Outcome> refused) {}

    /** What would be taken away, and what the brake says to that. */
    record Outlook(List<DeparturePlan> plans, int departing, Brake.Verdict verdict) {}

    Outlook look(Desired desired) {
        Instant now = clock.instant();
        Set<AccountId> provisioned = cluster.provisioned().keySet();
        List<DeparturePlan> plans = departures(desired, provisioned).stream()
                .map(departure -> planner.plan(departure, cluster.observe(departure.id()), now)).toList();
        int departing = (int) plans.stream().filter(DeparturePlan::takesAway).count();
        return new Outlook(plans, departing,
                brake.judge(desired, departing, provisioned.size(), cluster.allowance(), now));
    }

    /**
     * A server of the directory may be behind the others: whoever would lose access is looked for once more, at the
     * server whose turn it is now, and loses it only when both say so.
     *
     * @param again reads the directory
     */
    Decision decide(Desired first, Supplier<Desired> again) {
        Outlook outlook = look(first);
        if (outlook.departing() == 0) {
            return decide(first, outlook);
        }
        Desired both = either(first, again.get());
        return decide(both, look(both));
    }

    private Decision decide(Desired desired, Outlook outlook) {
        List<DeparturePlan> plans = outlook.plans();
        return switch (outlook.verdict()) {
            case Brake.Verdict.Free() -> {
                tell("");
                yield new Decision(desired, plans, Map.of());
            }
            case Brake.Verdict.Allowed(var allowance) -> {
                LOG.warn("{} accounts lose access: allowed by {} at {}", outlook.departing(), allowance.by(),
                        allowance.at());
                cluster.useAllowance(clock.instant());
                yield new Decision(desired, plans, Map.of());
            }
            case Brake.Verdict.Refused(String reason) -> {
                tell(reason);
                yield new Decision(desired, plans.stream().filter(plan -> !plan.takesAway()).toList(),
                        refused(plans, reason));
            }
        };
    }

    /** Whoever either reading wants, and as the one that wants it more. */
    private static Desired either(Desired first, Desired second) {
        var accounts = new TreeMap<>(Roster.of(first).byId());
        Roster.of(second).byId().forEach((id, account) -> accounts.merge(id, account,
                (one, other) -> one.disabled() ? other : one));
        var held = new LinkedHashSet<>(first.held());
        held.addAll(second.held());
        return new Desired(List.copyOf(accounts.values()), List.copyOf(held));
    }

    /** Tools of an earlier controller that the directory does not have: they have no record, and are left alone. */
    Set<AccountId> strays(Desired desired) {
        Set<AccountId> unrecorded = cluster.unrecorded();
        if (unrecorded.isEmpty()) {
            return unrecorded;
        }
        Set<AccountId> wanted = Roster.of(desired).byId().keySet();
        Set<String> held = held(desired);
        return unrecorded.stream()
                .filter(id -> !wanted.contains(id) && !held.contains(key(id.kind(), id.name().value())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Departure> departures(Desired desired, Set<AccountId> provisioned) {
        if (last.filter(search -> search.isFor(desired, provisioned)).isEmpty()) {
            last = Optional.of(new Search(desired, provisioned, find(desired, provisioned)));
        }
        return last.get().found();
    }

    /** An account that is held is neither wanted nor unwanted. */
    private static List<Departure> find(Desired desired, Set<AccountId> provisioned) {
        Roster wanted = Roster.of(desired);
        Set<String> held = held(desired);
        var departures = new ArrayList<Departure>();
        for (AccountId id : provisioned) {
            Optional<Account> account = wanted.find(id);
            boolean departs = account.map(Account::disabled)
                    .orElseGet(() -> !held.contains(key(id.kind(), id.name().value())));
            if (departs) {
                departures.add(new Departure(id, account));
            }
        }
        return departures;
    }

    private static Set<String> held(Desired desired) {
        return desired.held().stream().map(entry -> key(entry.kind(), entry.name())).collect(Collectors.toSet());
    }

    /** Directories compare names regardless of case. */
    private static String key(AccountKind kind, String name) {
        return kind.label() + " " + name.toLowerCase(Locale.ROOT);
    }

    private static Map<AccountId, Outcome> refused(List<DeparturePlan> plans, String reason) {
        return plans.stream().filter(DeparturePlan::takesAway)
                .collect(toMap(plan -> plan.departure().id(), _ -> new Outcome.Refused(reason)));
    }

    private void tell(String reason) {
        if (!reason.isEmpty() && !reason.equals(refusal)) {
            LOG.error("Nobody is removed: {}", reason);
        }
        refusal = reason;
    }
}
