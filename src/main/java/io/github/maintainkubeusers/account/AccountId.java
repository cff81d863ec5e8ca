package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

/** Which account: tools and admins are named apart. Shown as {@code tool NAME} or {@code admin NAME}. */
public record AccountId(AccountKind kind, AccountName name) implements Comparable<AccountId> {
    public AccountId {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
    }

    public static AccountId tool(String name) {
        return new AccountId(AccountKind.TOOL, new AccountName(name));
    }

    public static AccountId admin(String name) {
        return new AccountId(AccountKind.ADMIN, new AccountName(name));
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
