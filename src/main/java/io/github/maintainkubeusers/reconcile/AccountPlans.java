package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.plan.AccountPlan;
import io.github.maintainkubeusers.plan.Authorities;
import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.HomeCondition;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Outlook;
import io.github.maintainkubeusers.plan.Planner;

/**
 * Plans accounts as they are at this moment. A plan with nothing to do is kept, and holds while all that it was made
 * from is the same and no time has come that means something to the account: a pass over many accounts plans those
 * alone of which something changed.
 */
final class AccountPlans {
    private final Cluster cluster;
    private final Catalogue catalogue;
    private final Planner planner;
    private final ClusterAuthorities authorities;
    private final InstantSource clock;
    private final Map<AccountId, Kept> kept = new ConcurrentHashMap<>();

    /** @param changes of what the cluster holds of the account */
    private record Grounds(Account account, Blueprint blueprint, Authorities authorities, long changes) {}

    /** Holds from the one time until before the other. A clock can go back. */
    private record Kept(AccountPlan plan, Grounds grounds, Instant from, Instant until) {
        boolean holds(Grounds now, Instant at) {
            return !at.isBefore(from) && at.isBefore(until) && grounds.equals(now);
        }
    }

    AccountPlans(Cluster cluster, Catalogue catalogue, Planner planner, ClusterAuthorities authorities,
            InstantSource clock) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.planner = requireNonNull(planner, "planner is null");
        this.authorities = requireNonNull(authorities, "authorities is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    AccountPlan plan(Account account) {
        AccountId id = account.id();
        // Counted before they are looked at: what changes in between is looked at again.
        var grounds = new Grounds(account, catalogue.of(id), authorities.current(), cluster.changes(id));
        Instant now = clock.instant();
        Kept before = kept.get(id);
        if (before != null && before.holds(grounds, now)) {
            return before.plan();
        }
        Observed observed = cluster.observe(id);
        AccountPlan plan = planner.plan(account, grounds.blueprint(), observed,
                new Outlook(grounds.authorities(), HomeCondition.UNSEEN, now));
        if (plan instanceof AccountPlan.Work work && work.steps().isEmpty()) {
            kept.put(id, new Kept(plan, grounds, now, planner.nextMoment(observed, now)));
        } else {
            kept.remove(id);
        }
        return plan;
    }

    /** With what a look into its home found. */
    AccountPlan plan(Account account, HomeCondition home) {
        AccountId id = account.id();
        return planner.plan(account, catalogue.of(id), cluster.observe(id),
                new Outlook(authorities.current(), home, clock.instant()));
    }

    /** Of an account that departs. */
    void forget(AccountId id) {
        kept.remove(id);
    }
}
