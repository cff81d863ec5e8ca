package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.InvalidValueException;

/**
 * Where an entry keeps what an account is made of.
 *
 * @param gid {@value #SAME_AS_UID} where the group has the number of its only user
 * @param locks the account is disabled when the entry has any of them
 */
public record AccountAttributes(String name, String uid, String gid, String home, Locks locks) {
    public static final String SAME_AS_UID = "=uid";

    public AccountAttributes {
        requireNonNull(name, "name is null");
        requireNonNull(uid, "uid is null");
        requireNonNull(home, "home is null");
        requireNonNull(locks, "locks is null");
        Stream.of(name, uid, home).forEach(Syntax::requireAttribute);
        requireGid(gid);
    }

    /** @param locks as {@link Lock#parse} reads them */
    public AccountAttributes(String name, String uid, String home, List<String> locks) {
        this(name, uid, SAME_AS_UID, home, Locks.parse(locks));
    }

    /** Those of RFC 2307 and of the password policy draft. */
    public static AccountAttributes named(String name) {
        return new AccountAttributes(name, "uidNumber", "homeDirectory",
                List.of("pwdAccountLockedTime", "pwdPolicySubentry"));
    }

    /** @throws InvalidValueException when it is neither an attribute nor {@value #SAME_AS_UID} */
    public static String requireGid(String text) {
        if (!text.equals(SAME_AS_UID)) {
            Syntax.requireAttribute(text);
        }
        return text;
    }

    /** All of them by name, because operational attributes come only to who names them. */
    String[] requested() {
        return Stream.concat(Stream.of(name, uid, gid, home), locks.attributes().stream())
                .filter(attribute -> !attribute.equals(SAME_AS_UID)).distinct().toArray(String[]::new);
    }
}
