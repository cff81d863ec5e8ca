package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that the directory holds at one moment. Whoever makes one has read every page of it; a
 * reading that broke off is an exception, never a smaller snapshot.
 *
 * @param accounts the entries that are well formed, in any order; duplicates are possible
 * @param held the entries that are not, each with its reason
 * @param origin absent when it was read from no server
 */
public record DirectorySnapshot(
    List<Account> accounts, List<Held> held, Instant readAt, Optional<Origin> origin) {
  /**
   * Where it is from.
   *
   * @param kinds that were looked for
   */
  public record Origin(String server, Set<AccountKind> kinds) {
    public Origin {
      requireNonNull(server, "server is null");
      kinds = Set.copyOf(kinds);
    }
  }

  public DirectorySnapshot {
    accounts = List.copyOf(accounts);
    held = List.copyOf(held);
    requireNonNull(origin, "origin is null");
  }

  public DirectorySnapshot(List<Account> accounts, List<Held> held, Instant readAt) {
    this(accounts, held, readAt, Optional.empty());
  }

  /** How many entries of a kind it has. */
  public long count(AccountKind kind) {
    return accounts.stream().filter(account -> account.id().kind() == kind).count()
        + held.stream().filter(entry -> entry.kind() == kind).count();
  }

  /** How many of them are locked. */
  public long locked(AccountKind kind) {
    return accounts.stream()
            .filter(account -> account.id().kind() == kind && account.disabled())
            .count()
        + held.stream().filter(entry -> entry.kind() == kind && entry.locked()).count();
  }
}
