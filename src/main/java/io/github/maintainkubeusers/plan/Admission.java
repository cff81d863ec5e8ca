package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;

/** Separates the accounts of a snapshot that may be provisioned from those that must be held. */
public final class Admission {
    /** Between an admin's name and {@code -binding}, in the name of the binding that lets it view. */
    private static final String VIEW_SUFFIX = "-view";

    private final AdmissionPolicy policy;
    private Optional<Judged> last = Optional.empty();

    /** Most snapshots say what the one before said. */
    private record Judged(DirectorySnapshot snapshot, Desired desired) {
        boolean holdsFor(DirectorySnapshot next) {
            return next.accounts().equals(snapshot.accounts()) && next.held().equals(snapshot.held());
        }
    }

    public Admission(AdmissionPolicy policy) {
        this.policy = requireNonNull(policy, "policy is null");
    }

    public synchronized Desired admit(DirectorySnapshot snapshot) {
        if (last.filter(before -> before.holdsFor(snapshot)).isEmpty()) {
            last = Optional.of(new Judged(snapshot, judge(snapshot)));
        }
        return last.get().desired();
    }

    private Desired judge(DirectorySnapshot snapshot) {
        var census = new Census(snapshot);
        var accounts = new TreeMap<AccountId, Account>();
        var held = new TreeMap<AccountId, Held>();
        for (Account account : snapshot.accounts()) {
            objection(account, census).ifPresentOrElse(objection -> held.put(account.id(), objection),
                    () -> accounts.put(account.id(), account));
        }
        var allHeld = new ArrayList<>(snapshot.held());
        allHeld.addAll(held.values());
        return new Desired(List.copyOf(accounts.values()), allHeld);
    }

    private Optional<Held> objection(Account account, Census census) {
        AccountId id = account.id();
        String name = id.name().value();
        if (census.entries(id.kind(), name) > 1) {
            return hold(id, HoldReason.DUPLICATE_ENTRY,
                    "the directory has " + census.entries(id.kind(), name) + " entries of it");
        }
        if (policy.reserves(name)) {
            return hold(id, HoldReason.RESERVED_NAME, "the name is reserved");
        }
        if (id.kind() == AccountKind.ADMIN && name.endsWith(VIEW_SUFFIX)) {
            return hold(id, HoldReason.RESERVED_NAME, "the name of an admin cannot end in " + VIEW_SUFFIX
                    + ": its binding " + name + "-binding would be the one that lets the admin "
                    + name.substring(0, name.length() - VIEW_SUFFIX.length()) + " view");
        }
        if (Stream.of(AccountKind.values()).allMatch(kind -> census.entries(kind, name) > 0)) {
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

    /** Who else has the same name, user id or home. Entries that are held count by their names, the rest is not known. */
    private static final class Census {
        private final Map<Entry, Long> entries;
        private final Map<Uid, List<Account>> uids;
        private final Map<HomePath, List<Account>> homes;

        private record Entry(AccountKind kind, String name) {}

        Census(DirectorySnapshot snapshot) {
            var wellFormed = snapshot.accounts().stream()
                    .map(account -> new Entry(account.id().kind(), account.id().name().value()));
            var held = snapshot.held().stream().map(entry -> new Entry(entry.kind(), entry.name()));
            entries = Stream.concat(wellFormed, held).collect(groupingBy(Function.identity(), counting()));
            uids = by(snapshot.accounts(), Account::uid);
            homes = by(snapshot.accounts(), Account::home);
        }

        long entries(AccountKind kind, String name) {
            return entries.getOrDefault(new Entry(kind, name), 0L);
        }

        private static <K> Map<K, List<Account>> by(List<Account> accounts, Function<Account, K> key) {
            return accounts.stream().collect(groupingBy(key));
        }
    }
}
