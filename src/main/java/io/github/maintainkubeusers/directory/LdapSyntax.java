package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;
import static java.util.Objects.requireNonNull;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.regex.Pattern;

/** What configuration may say, in LDAP's terms. */
final class LdapSyntax {
  /** RFC 4512, section 1.4: a name or an OID. */
  private static final Pattern ATTRIBUTE =
      Pattern.compile("[A-Za-z][A-Za-z0-9-]*|[0-9]+(\\.[0-9]+)+");

  private LdapSyntax() {}

  static void requireDn(String what, String text) {
    requireNonNull(text, what + " is null");
    if (text.isBlank() || !DN.isValidDN(text)) {
      throw new InvalidValueException(what + " " + quoted(text) + " is not a distinguished name");
    }
  }

  static void requireAttribute(String text) {
    if (!ATTRIBUTE.matcher(text).matches()) {
      throw new InvalidValueException(quoted(text) + " is not an attribute's name");
    }
  }

  static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidValueException(quoted(text) + " is not a number", e);
    }
  }

  static DN dnOf(Entry entry) {
    try {
      return entry.getParsedDN();
    } catch (LDAPException e) {
      throw new DirectoryException(
          "could not read the entry "
              + ShownDn.of(entry.getDN())
              + ": its name is no distinguished name",
          e);
    }
  }

  /** For text that has been through {@link #requireDn}. */
  static DN dn(String valid) {
    try {
      return new DN(valid);
    } catch (LDAPException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
