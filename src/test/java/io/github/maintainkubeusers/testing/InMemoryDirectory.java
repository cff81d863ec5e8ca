package io.github.maintainkubeusers.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.directory.Directory;

/** A directory that a test fills. */
public final class InMemoryDirectory implements Directory {
    private final Journal journal;
    private final List<Account> accounts = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();

    public InMemoryDirectory(Journal journal) {
        this.journal = journal;
    }

    /** An account with a user id and a home of its own. */
    public Account add(AccountId id) {
        String root = id.kind() == AccountKind.TOOL ? "/data/project/" : "/home/";
        var account = new Account(id, new Uid(2000 + accounts.size()), new HomePath(root + id.name()), false);
        accounts.add(account);
        return account;
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
        return new DirectorySnapshot(accounts, held, Instant.EPOCH);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
