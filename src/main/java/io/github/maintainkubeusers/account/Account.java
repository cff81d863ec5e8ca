package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

/** An account as the directory has it. */
public record Account(AccountId id, Uid uid, HomePath home, boolean disabled) {
    public Account {
        requireNonNull(id, "id is null");
        requireNonNull(uid, "uid is null");
        requireNonNull(home, "home is null");
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
