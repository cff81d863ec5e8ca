package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;

/**
 * An account that the directory no longer wants to have access.
 *
 * @param account as the directory has it; empty when the directory no longer has it at all
 */
public record Departure(AccountId id, Optional<Account> account) {
    public Departure {
        requireNonNull(id, "id is null");
        requireNonNull(account, "account is null");
    }

    /** For a person. */
    public String why() {
        return account.isPresent() ? "disabled in the directory" : "no longer in the directory";
    }
}
