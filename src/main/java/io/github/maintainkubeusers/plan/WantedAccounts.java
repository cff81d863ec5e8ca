package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.Uid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every account that the directory names.
 *
 * @param accounts that may be provisioned, also those that are locked
 * @param onHold those that may not
 * @param unnamed entries whose names are not those of accounts
 */
public record WantedAccounts(
    Map<AccountId, Account> accounts, Map<AccountId, Entry> onHold, List<Held> unnamed) {
  public static final WantedAccounts NONE = new WantedAccounts(Map.of(), Map.of(), List.of());

  /**
   * An account that is held.
   *
   * @param uid empty when the directory gives it none that is valid
   */
  public record Entry(Held held, Optional<Uid> uid) {
    public Entry {
      requireNonNull(held, "held is null");
      requireNonNull(uid, "uid is null");
    }
  }

  public WantedAccounts {
    requireNonNull(accounts, "accounts is null");
    requireNonNull(onHold, "onHold is null");
    unnamed = List.copyOf(unnamed);
  }

  /** All entries that are held, whether their names are those of accounts or not. */
  public List<Held> held() {
    var all = new ArrayList<>(unnamed);
    onHold.values().forEach(entry -> all.add(entry.held()));
    return all;
  }

  /** Whether the directory lets it have access, held or not. */
  boolean isUsable(AccountId id) {
    Entry held = onHold.get(id);
    Account account = accounts.get(id);
    return held == null ? account != null && !account.disabled() : !held.held().locked();
  }

  /** How many of a kind the directory lets have access. */
  long usable(AccountKind kind) {
    return Stream.concat(accounts.keySet().stream(), onHold.keySet().stream())
        .filter(id -> id.kind() == kind && isUsable(id))
        .count();
  }

  /** The user id that the directory gives an account, if it gives it one. */
  public Optional<Uid> uid(AccountId id) {
    return Optional.ofNullable(accounts.get(id))
        .map(Account::uid)
        .or(() -> Optional.ofNullable(onHold.get(id)).flatMap(Entry::uid));
  }

  /** What is to become of an account. A lock takes rights away, held or not. */
  public Target target(AccountId id, Catalogue catalogue) {
    Entry held = onHold.get(id);
    if (held != null) {
      return held.held().locked()
          ? new Target.Disabled(id, held.uid(), Optional.empty())
          : new Target.OnHold(id, held.held(), held.uid());
    }
    Account account = accounts.get(id);
    if (account == null) {
      return new Target.Gone(id);
    }
    return account.disabled()
        ? new Target.Disabled(id, Optional.of(account.uid()), Optional.of(account))
        : new Target.Wanted(account, catalogue.of(id));
  }

  /** Whoever either reading of the directory wants, and as the one that wants it more. */
  public WantedAccounts or(WantedAccounts other) {
    var merged = new WantedAccounts(new HashMap<>(accounts), new HashMap<>(onHold), unnamed);
    other.accounts.forEach(
        (id, account) ->
            merged.accounts.merge(id, account, (one, another) -> one.disabled() ? another : one));
    other.onHold.forEach(
        (id, entry) ->
            merged.onHold.merge(id, entry, (one, another) -> one.held().locked() ? another : one));
    preferWanted(merged.accounts, merged.onHold);
    return merged;
  }

  /** One that is held in one reading and wanted in the other is what leaves it more. */
  private static void preferWanted(Map<AccountId, Account> accounts, Map<AccountId, Entry> onHold) {
    for (AccountId id : List.copyOf(onHold.keySet())) {
      Account account = accounts.get(id);
      if (account != null && onHold.get(id).held().locked()) {
        onHold.remove(id);
      } else if (account != null) {
        accounts.remove(id);
      }
    }
  }
}
