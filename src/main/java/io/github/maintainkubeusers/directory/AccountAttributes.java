package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where an entry keeps what an account is made of.
 *
 * @param locks the account is disabled when the entry has any of them
 */
public record AccountAttributes(String name, String uid, String home, Locks locks) {
    public AccountAttributes {
        requireNonNull(name, "name is null");
        requireNonNull(uid, "uid is null");
        requireNonNull(home, "home is null");
        requireNonNull(locks, "locks is null");
        Stream.of(name, uid, home).forEach(Syntax::requireAttribute);
    }

    /** @param locks as {@link Lock#parse} reads them */
    public AccountAttributes(String name, String uid, String home, List<String> locks) {
        this(name, uid, home, Locks.parse(locks));
    }

    /** Those of RFC 2307 and of the password policy draft. */
    public static AccountAttributes named(String name) {
        return new AccountAttributes(name, "uidNumber", "homeDirectory",
                List.of("pwdAccountLockedTime", "pwdPolicySubentry"));
    }

    /** All of them by name, because operational attributes come only to who names them. */
    String[] requested() {
        return Stream.concat(Stream.of(name, uid, home), locks.attributes().stream()).distinct().toArray(String[]::new);
    }
}
