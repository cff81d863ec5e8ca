package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;
import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where an entry keeps what an account is made of.
 *
 * @param gid {@value #SAME_AS_UID} where the group has the number of its only user
 * @param home the attribute, or a path in which {@code NAME} stands for the account's
 * @param lowerCase whether names that the directory has in capitals are taken in small letters
 * @param locks the account is disabled when the entry has any of them
 */
public record AccountAttributes(
    String name, String uid, String gid, String home, Locks locks, boolean lowerCase) {
  public static final String SAME_AS_UID = "=uid";
  private static final String NAME = "NAME";

  public AccountAttributes {
    requireNonNull(name, "name is null");
    requireNonNull(uid, "uid is null");
    requireNonNull(home, "home is null");
    requireNonNull(locks, "locks is null");
    Stream.of(name, uid).forEach(LdapSyntax::requireAttribute);
    requireGid(gid);
    requireHome(home);
  }

  /**
   * @param locks as {@link Lock#parse} reads them
   */
  public AccountAttributes(String name, String uid, String home, List<String> locks) {
    this(name, uid, SAME_AS_UID, home, Locks.parse(locks), false);
  }

  /** Those of RFC 2307 and of the password policy draft. */
  public static AccountAttributes named(String name) {
    return new AccountAttributes(
        name, "uidNumber", "homeDirectory", List.of("pwdAccountLockedTime", "pwdPolicySubentry"));
  }

  /**
   * @throws InvalidValueException when it is neither an attribute nor {@value #SAME_AS_UID}
   */
  public static String requireGid(String text) {
    if (!text.equals(SAME_AS_UID)) {
      LdapSyntax.requireAttribute(text);
    }
    return text;
  }

  /**
   * @throws InvalidValueException when it is neither an attribute nor a path with {@code NAME}
   */
  public static String requireHome(String text) {
    if (!text.startsWith("/")) {
      LdapSyntax.requireAttribute(text);
    } else if (!text.contains(NAME)) {
      throw new InvalidValueException("the path " + quoted(text) + " has no " + NAME + " in it");
    }
    return text;
  }

  /** The home's path, where no attribute has it. */
  Optional<String> homeOf(AccountId id) {
    return home.startsWith("/")
        ? Optional.of(home.replace(NAME, id.name().value()))
        : Optional.empty();
  }

  /** All of them by name, because operational attributes come only to who names them. */
  String[] requested() {
    return Stream.concat(Stream.of(name, uid, gid, home), locks.attributes().stream())
        .filter(attribute -> !attribute.equals(SAME_AS_UID) && !attribute.startsWith("/"))
        .distinct()
        .toArray(String[]::new);
  }
}
