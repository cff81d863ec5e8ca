package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.Uid;
import java.util.Optional;

/**
 * What is to become of an account that is known from any source: directory, record, binding or
 * namespace.
 */
public sealed interface Target {
  AccountId id();

  /** Why it is to lose its access, for people; empty when it is not. */
  default String absence() {
    return switch (this) {
      case Gone _ -> "no longer in the directory";
      case Disabled _ -> "disabled in the directory";
      case Wanted _, OnHold _, Kept _ -> "";
    };
  }

  /** The directory has it: it is to have everything. */
  record Wanted(Account account, Blueprint blueprint) implements Target {
    public Wanted {
      requireNonNull(account, "account is null");
      requireNonNull(blueprint, "blueprint is null");
    }

    @Override
    public AccountId id() {
      return account.id();
    }
  }

  /**
   * The directory has locked it: its rights are to go.
   *
   * @param uid empty when the entry has none that is valid
   * @param account by whose home the owner is told; empty when the account is held, so that
   *     nobody's home is touched
   */
  record Disabled(AccountId id, Optional<Uid> uid, Optional<Account> account) implements Target {
    public Disabled {
      requireNonNull(id, "id is null");
      requireNonNull(uid, "uid is null");
      requireNonNull(account, "account is null");
    }
  }

  /** The directory does not have it: its rights are to go. */
  record Gone(AccountId id) implements Target {
    public Gone {
      requireNonNull(id, "id is null");
    }
  }

  /**
   * Nothing is made for it until somebody has corrected the cause. It keeps what rights it has.
   *
   * @param uid as the directory has it; empty when that is part of what is wrong
   */
  record OnHold(AccountId id, Held held, Optional<Uid> uid) implements Target {
    public OnHold {
      requireNonNull(id, "id is null");
      requireNonNull(held, "held is null");
      requireNonNull(uid, "uid is null");
    }
  }

  /**
   * Its rights were to go, but the pass does not believe the directory: it keeps what rights it
   * has.
   *
   * @param reason why the removal was refused
   */
  record Kept(AccountId id, String reason) implements Target {
    public Kept {
      requireNonNull(id, "id is null");
      requireNonNull(reason, "reason is null");
    }
  }
}
