package io.github.maintainkubeusers.reconcile;

import java.util.Set;
import java.util.TreeSet;

import io.github.maintainkubeusers.account.AccountId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what an earlier controller has left, when that changes. Nothing is done about it without an admin's word. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final int NAMED = 10;

    private Set<AccountId> strays = Set.of();
    private Set<AccountId> podSecurityPolicies = Set.of();

    void tell(Set<AccountId> straysNow, Set<AccountId> podSecurityPoliciesNow) {
        if (!straysNow.equals(strays) && !straysNow.isEmpty()) {
            LOG.warn(
                    "{} namespaces are of tools that the directory does not have, without a record, and left alone: {}",
                    straysNow.size(), some(straysNow));
        }
        if (!podSecurityPoliciesNow.equals(podSecurityPolicies) && !podSecurityPoliciesNow.isEmpty()) {
            LOG.info("{} tools have PodSecurityPolicies of an earlier controller, which nothing uses any more: {};"
                    + " to remove them, see 'maintain-kubeusers remove-leftovers --help'",
                    podSecurityPoliciesNow.size(), some(podSecurityPoliciesNow));
        }
        strays = Set.copyOf(straysNow);
        podSecurityPolicies = Set.copyOf(podSecurityPoliciesNow);
    }

    private static String some(Set<AccountId> ids) {
        String named = new TreeSet<>(ids).stream().limit(NAMED).map(AccountId::toString).toList().toString();
        return ids.size() > NAMED ? named + " and " + (ids.size() - NAMED) + " more" : named;
    }
}
