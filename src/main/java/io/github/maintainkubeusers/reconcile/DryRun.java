package io.github.maintainkubeusers.reconcile;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.plan.Plan;

/**
 * What a pass would do now.
 *
 * @param plans for every account that directory or cluster knows
 * @param unnamed entries of the directory whose names are not those of accounts
 * @param refusal why no removal would be carried out, if none would
 * @param podSecurityPolicies tools that have one of an earlier controller
 * @param accessFault why no kubeconfig can be written now, if none can
 */
public record DryRun(List<Plan> plans, List<Held> unnamed, Optional<String> refusal,
        Set<AccountId> podSecurityPolicies, Optional<String> accessFault) {
    public DryRun {
        plans = List.copyOf(plans);
        unnamed = List.copyOf(unnamed);
        podSecurityPolicies = Set.copyOf(podSecurityPolicies);
    }
}
