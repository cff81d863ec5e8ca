package io.github.maintainkubeusers.telemetry;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.Optional;

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
