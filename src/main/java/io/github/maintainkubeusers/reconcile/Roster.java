package io.github.maintainkubeusers.reconcile;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.Desired;

/** Whom the directory wants provisioned, to be found by their ids. */
record Roster(Desired desired, Map<AccountId, Account> byId) {
    static Roster of(Desired desired) {
        var byId = new HashMap<AccountId, Account>();
        desired.accounts().forEach(account -> byId.put(account.id(), account));
        return new Roster(desired, byId);
    }

    Optional<Account> find(AccountId id) {
        return Optional.ofNullable(byId.get(id));
    }
}
