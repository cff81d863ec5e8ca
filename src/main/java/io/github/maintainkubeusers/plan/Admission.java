package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;

/** Separates the accounts of a snapshot that may be provisioned from those that must be held. */
public final class Admission {
    private final AdmissionPolicy policy;

    public Admission(AdmissionPolicy policy) {
        this.policy = requireNonNull(policy, "policy is null");
    }

    public Desired admit(DirectorySnapshot snapshot) {
        var census = new Census(snapshot.accounts());
        var accounts = new TreeMap<AccountId, Account>();
        var held = new TreeMap<AccountId, Held>();
        Set<String> malformed = snapshot.held().stream().map(Admission::key).collect(toSet());
        for (Account account : snapshot.accounts()) {
            if (malformed.contains(key(Held.of(account.id(), HoldReason.DUPLICATE_ENTRY, "")))) {
                continue; // a second entry of it is malformed, and held already
            }
            objection(account, census).ifPresentOrElse(objection -> held.put(account.id(), objection),
                    () -> accounts.put(account.id(), account));
        }
        var allHeld = new ArrayList<>(snapshot.held());
        allHeld.addAll(held.values());
        return new Desired(List.copyOf(accounts.values()), allHeld);
    }

    /** Directories compare names regardless of case. */
    private static String key(Held held) {
        return held.kind() + " " + held.name().toLowerCase(Locale.ROOT);
    }

    private Optional<Held> objection(Account account, Census census) {
        AccountId id = account.id();
        if (census.entries.get(id) > 1) {
            return hold(id, HoldReason.DUPLICATE_ENTRY,
                    "the directory has " + census.entries.get(id) + " entries of it");
        }
        if (policy.reserves(id.name().value())) {
            return hold(id, HoldReason.RESERVED_NAME, "the name is reserved");
        }
        if (census.names.get(id.name()).size() > 1) {
            return hold(id, HoldReason.NAME_OF_TOOL_AND_ADMIN, "a tool and an admin have this name");
        }
        if (account.uid().value() < policy.uidFloor()) {
            return hold(id, HoldReason.UID_BELOW_FLOOR,
                    "its user id " + account.uid() + " is below " + policy.uidFloor());
        }
        if (!policy.sharedUids() && census.uids.get(account.uid()).size() > 1) {
            return hold(id, HoldReason.SHARED_UID,
                    "its user id " + account.uid() + " belongs also to " + others(id, census.uids.get(account.uid())));
        }
        return homeObjection(account, census);
    }

    private Optional<Held> homeObjection(Account account, Census census) {
        AccountId id = account.id();
        List<HomePath> roots = policy.roots(id.kind());
        if (roots.stream().noneMatch(account.home()::isBelow)) {
            return hold(id, HoldReason.HOME_OUTSIDE_ROOTS, "its home " + account.home() + " is not below "
                    + roots.stream().map(HomePath::value).collect(joining(" or ")));
        }
        if (census.homes.get(account.home()).size() > 1) {
            return hold(id, HoldReason.SHARED_HOME,
                    "its home " + account.home() + " belongs also to " + others(id, census.homes.get(account.home())));
        }
        return Optional.empty();
    }

    private static Optional<Held> hold(AccountId id, HoldReason reason, String explanation) {
        return Optional.of(Held.of(id, reason, explanation));
    }

    private static String others(AccountId id, List<Account> owners) {
        String named = owners.stream().map(Account::id).filter(other -> !other.equals(id)).sorted().limit(3)
                .map(AccountId::toString).collect(joining(", "));
        return owners.size() > 4 ? named + " and " + (owners.size() - 4) + " more" : named;
    }

    /** Who else has the same name, user id or home. */
    private static final class Census {
        private final Map<AccountId, Long> entries;
        private final Map<AccountName, List<Account>> names;
        private final Map<Uid, List<Account>> uids;
        private final Map<HomePath, List<Account>> homes;

        Census(List<Account> accounts) {
            entries = accounts.stream().collect(groupingBy(Account::id, counting()));
            names = by(accounts, account -> account.id().name());
            uids = by(accounts, Account::uid);
            homes = by(accounts, Account::home);
        }

        private static <K> Map<K, List<Account>> by(List<Account> accounts, Function<Account, K> key) {
            return accounts.stream().collect(groupingBy(key));
        }
    }
}
