package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which account: tools and admins are named apart. Shown as {@code tool NAME} or {@code admin NAME}. */
public record AccountId(AccountKind kind, AccountName name) implements Comparable<AccountId> {
    private static final int MOST = 50_000;
    private static final Map<AccountKind, Map<String, AccountId>> KNOWN = Map.of(AccountKind.TOOL,
            new ConcurrentHashMap<>(), AccountKind.ADMIN, new ConcurrentHashMap<>());

    public AccountId {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
    }

    public static AccountId tool(String name) {
        return of(AccountKind.TOOL, name);
    }

    public static AccountId admin(String name) {
        return of(AccountKind.ADMIN, name);
    }

    /**
     * Mostly the same id for the same name: each pass reads all names again, and looks each of them up in several
     * places. Names come from outside, so that no more than some are remembered.
     *
     * @throws InvalidValueException when the name is none
     */
    public static AccountId of(AccountKind kind, String name) {
        Map<String, AccountId> known = KNOWN.get(kind);
        AccountId id = known.get(name);
        if (id == null) {
            id = new AccountId(kind, new AccountName(name));
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(name, id);
        }
        return id;
    }

    /** Spelled out, as the hash is, for passes consist of looking accounts up. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof AccountId that && kind == that.kind && name.value().equals(that.name.value()));
    }

    @Override
    public int hashCode() {
        return 31 * name.value().hashCode() + kind.label().hashCode();
    }

    @Override
    public int compareTo(AccountId other) {
        int order = kind.compareTo(other.kind);
        return order == 0 ? name.compareTo(other.name) : order;
    }

    @Override
    public String toString() {
        return kind.label() + " " + name;
    }
}
