package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a pass would do now.
 *
 * @param directory what was read of it
 * @param plans for every account that directory or cluster knows
 * @param unnamed entries of the directory whose names are not those of accounts
 * @param refusal why no removal would be carried out, if none would
 * @param podSecurityPolicies tools that have one of an earlier controller
 * @param accessFault why no kubeconfig can be written now, if none can
 */
public record DryRun(
    DirectorySnapshot directory,
    List<Plan> plans,
    List<Held> unnamed,
    Optional<String> refusal,
    Set<AccountId> podSecurityPolicies,
    Optional<String> accessFault) {
  public DryRun {
    requireNonNull(directory, "directory is null");
    plans = List.copyOf(plans);
    unnamed = List.copyOf(unnamed);
    podSecurityPolicies = Set.copyOf(podSecurityPolicies);
  }
}
