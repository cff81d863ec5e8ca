package io.github.maintainkubeusers.telemetry;

import java.util.Optional;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.InvalidValueException;

/** Accounts by names that need not be valid. */
final class AccountIds {
    private AccountIds() {}

    static Optional<AccountId> tool(String name) {
        try {
            return Optional.of(AccountId.tool(name));
        } catch (InvalidValueException _) {
            return Optional.empty();
        }
    }
}
