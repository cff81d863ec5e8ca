package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import java.util.Optional;
import java.util.regex.Pattern;

import io.github.maintainkubeusers.account.AsciiCase;

/** Entries that servers make of others. They have the same name, and none of them is the account. */
final class Duplicates {
    private static final Pattern RENAMED_BY_389 = Pattern.compile("([^,]*\\+)?nsuniqueid=.*");
    private static final Pattern RENAMED_BY_AD = Pattern.compile("[^,]*\\\\0acnf:.*");
    private static final Pattern MIRROR = Pattern.compile(".*,\\s*cn=compat,.*");

    private Duplicates() {}

    /** What the entry of this DN is, if it is one. */
    static Optional<String> explain(String dn) {
        String folded = AsciiCase.folded(dn);
        if (RENAMED_BY_389.matcher(folded).matches() || RENAMED_BY_AD.matcher(folded).matches()) {
            return Optional.of("the entry " + quoted(dn) + " is one that replication renamed, because two servers had"
                    + " made an entry of the same name; delete one of the two in the directory");
        }
        if (MIRROR.matcher(folded).matches()) {
            return Optional.of("the entry " + quoted(dn) + " is FreeIPA's mirror of another; search below"
                    + " cn=users,cn=accounts, as layout freeipa does");
        }
        return Optional.empty();
    }
}
