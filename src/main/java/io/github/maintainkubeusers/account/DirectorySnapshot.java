package io.github.maintainkubeusers.account;

import java.time.Instant;
import java.util.List;

/**
 * All that the directory holds at one moment. Whoever makes one has read every page of it; a reading that broke off
 * is an exception, never a smaller snapshot.
 *
 * @param accounts the entries that are well formed, in any order; duplicates are possible
 * @param held the entries that are not, each with its reason
 */
public record DirectorySnapshot(List<Account> accounts, List<Held> held, Instant readAt) {
    public DirectorySnapshot {
        accounts = List.copyOf(accounts);
        held = List.copyOf(held);
    }
}
