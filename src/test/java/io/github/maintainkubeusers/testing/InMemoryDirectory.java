package io.github.maintainkubeusers.testing;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.directory.Directory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A directory that a test fills. */
public final class InMemoryDirectory implements Directory {
  private final Journal journal;
  private final List<Account> accounts = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private Optional<Account> missing = Optional.empty();

  public InMemoryDirectory(Journal journal) {
    this.journal = journal;
  }

  /** An account with a user id and a home of its own. */
  public Account add(AccountId id) {
    String root = id.kind() == AccountKind.TOOL ? "/data/project/" : "/home/";
    var account =
        new Account(id, new Uid(2000 + accounts.size()), new HomePath(root + id.name()), false);
    accounts.add(account);
    return account;
  }

  /** The entry is gone, or locked, at every server. */
  public void remove(Account account) {
    accounts.remove(account);
  }

  public void lock(Account account) {
    remove(account);
    accounts.add(new Account(account.id(), account.uid(), account.home(), true));
  }

  public void unlock(Account account) {
    accounts.removeIf(entry -> entry.id().equals(account.id()));
    accounts.add(account);
  }

  /** The next reading is from a server that does not have it. */
  public void missNext(Account account) {
    missing = Optional.of(account);
  }

  public void hold(Held entry) {
    held.add(entry);
  }

  public void clear() {
    accounts.clear();
    held.clear();
  }

  public void clearHeld() {
    held.clear();
  }

  @Override
  public DirectorySnapshot read() {
    journal.enter("read directory");
    List<Account> found =
        accounts.stream().filter(account -> !missing.equals(Optional.of(account))).toList();
    missing = Optional.empty();
    return new DirectorySnapshot(found, held, Instant.EPOCH);
  }

  @Override
  public List<DirectorySnapshot> readOthers(DirectorySnapshot first) {
    return List.of(read());
  }

  @Override
  public void close() {
    // nothing is held
  }
}
