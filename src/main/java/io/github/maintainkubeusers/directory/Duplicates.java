package io.github.maintainkubeusers.directory;

import io.github.maintainkubeusers.account.AsciiCase;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Entries that servers make of others. They have the same name, and none of them is the account.
 */
final class Duplicates {
  private static final String UNIQUE_ID = "nsuniqueid=";
  private static final String CONFLICT = "\\0acnf:";
  private static final Pattern MIRROR = Pattern.compile(",\\s*cn=compat,");

  private Duplicates() {}

  /** What the entry of this DN is, if it is one. */
  static Optional<String> explain(String dn) {
    String folded = AsciiCase.folded(dn);
    if (folded.startsWith(UNIQUE_ID)
        || isInName(folded, "+" + UNIQUE_ID)
        || isInName(folded, CONFLICT)) {
      return Optional.of(
          "the entry "
              + ShownDn.of(dn)
              + " is one that replication renamed, because two servers had"
              + " made an entry of the same name; delete one of the two in the directory");
    }
    if (folded.contains("cn=compat,") && MIRROR.matcher(folded).find()) {
      return Optional.of(
          "the entry "
              + ShownDn.of(dn)
              + " is FreeIPA's mirror of another; search below"
              + " cn=users,cn=accounts, as layout freeipa does");
    }
    return Optional.empty();
  }

  /** Whether a text stands in the entry's own part of its DN, before the first comma. */
  private static boolean isInName(String dn, String text) {
    int at = dn.indexOf(text);
    return at >= 0 && dn.lastIndexOf(',', at) < 0;
  }
}
