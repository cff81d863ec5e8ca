package io.github.maintainkubeusers.reconcile;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.plan.AccountPlan;
import io.github.maintainkubeusers.plan.DeparturePlan;

/**
 * What there is to do at one moment.
 *
 * @param plans for every account that the directory wants provisioned
 * @param held what the directory names but must not be provisioned
 * @param refusal why nothing would be taken away, if it would not
 * @param strays tools of an earlier controller that the directory does not have
 * @param podSecurityPolicies tools that have one of an earlier controller
 */
public record Survey(List<AccountPlan> plans, List<Held> held, List<DeparturePlan> departures,
        Optional<String> refusal, Set<AccountId> strays, Set<AccountId> podSecurityPolicies) {
    public Survey {
        plans = List.copyOf(plans);
        held = List.copyOf(held);
        departures = List.copyOf(departures);
        strays = Set.copyOf(strays);
        podSecurityPolicies = Set.copyOf(podSecurityPolicies);
    }
}
