package io.github.maintainkubeusers.directory;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How directories of a kind are laid out: defaults, each of which an operator can replace. */
public enum DirectoryLayout {
  /**
   * Wikimedia Toolforge's, with branches of its own: see {@link ToolSearch} and {@link
   * AdminSearch}.
   */
  TOOLFORGE(Membership.MEMBERS, Referrals.FAIL),
  /** Groups hold names, as RFC 2307 has it. */
  RFC2307(Membership.NAMES, Referrals.FAIL),
  /** Groups hold DNs. */
  RFC2307BIS(Membership.MEMBERS, Referrals.FAIL),
  FREEIPA(Membership.MEMBER_OF, Referrals.FAIL),
  /** Active Directory tells of other domains' parts when all of one is searched. */
  AD(Membership.MEMBER_OF_CHAIN, Referrals.IGNORE);

  private final Membership membership;
  private final Referrals referrals;

  DirectoryLayout(Membership membership, Referrals referrals) {
    this.membership = membership;
    this.referrals = referrals;
  }

  /** As configuration writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The base of the whole directory; empty where every directory has another. */
  public Optional<String> base() {
    return this == TOOLFORGE ? Optional.of("dc=wikimedia,dc=org") : Optional.empty();
  }

  /**
   * @throws io.github.maintainkubeusers.account.InvalidValueException when it is no distinguished
   *     name
   */
  public static String requireBase(String text) {
    LdapSyntax.requireDn("the base", text);
    return text;
  }

  /** The filter that takes those who can have an account at all. */
  public String people() {
    return this == AD
        ? "(&(objectCategory=person)(objectClass=user))"
        : "(objectClass=posixAccount)";
  }

  /**
   * Where they are. FreeIPA mirrors everything below {@code cn=compat}, where nobody must be looked
   * for.
   */
  public String peopleBase(String base) {
    return this == FREEIPA ? "cn=users,cn=accounts," + base : base;
  }

  public Membership membership() {
    return membership;
  }

  public Referrals referrals() {
    return referrals;
  }

  public AccountAttributes attributes() {
    return switch (this) {
      case TOOLFORGE -> AccountAttributes.named("uid");
      case RFC2307, RFC2307BIS ->
          attributes(
              "uid",
              "homeDirectory",
              false,
              "pwdAccountLockedTime=000001010000Z",
              "shadowExpire<NOW");
      case FREEIPA ->
          attributes(
              "uid", "homeDirectory", false, "nsAccountLock=TRUE", "krbPrincipalExpiration<NOW");
      case AD ->
          attributes(
              "sAMAccountName",
              "unixHomeDirectory",
              true,
              "userAccountControl&2",
              "accountExpires<NOW");
    };
  }

  private static AccountAttributes attributes(
      String name, String home, boolean lowerCase, String... locks) {
    return new AccountAttributes(
        name, "uidNumber", "gidNumber", home, Locks.parse(List.of(locks)), lowerCase);
  }
}
