package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

/** Which account: each kind has names of its own. Shown as {@code tool NAME}, say. */
public record AccountId(AccountKind kind, AccountName name) implements Comparable<AccountId> {
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

  public static AccountId service(String name) {
    return of(AccountKind.SERVICE, name);
  }

  /**
   * @throws InvalidValueException when the name is not valid
   */
  public static AccountId of(AccountKind kind, String name) {
    return new AccountId(kind, new AccountName(name));
  }

  /**
   * Spelled out, as the hash code is: maps of thousands of accounts are most of a pass with nothing
   * to do.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof AccountId(AccountKind otherKind, AccountName otherName)
        && kind == otherKind
        && name.equals(otherName);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + kind.label().hashCode();
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
