package io.github.maintainkubeusers.plan;

import java.util.List;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.Held;

/** Whom the directory wants provisioned, in order of their names and each once, and whom it names but must be held. */
public record Desired(List<Account> accounts, List<Held> held) {
    public Desired {
        accounts = List.copyOf(accounts);
        held = List.copyOf(held);
    }
}
