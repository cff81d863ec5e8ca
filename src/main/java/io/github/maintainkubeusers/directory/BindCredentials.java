package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * As whom the directory is read.
 *
 * @param bindDn or, for Active Directory, a user principal name like {@code reader@example.org}
 */
public record BindCredentials(String bindDn, BindPassword password) {
  private static final Pattern PRINCIPAL_NAME =
      Pattern.compile("[^@=,\\s]+@[A-Za-z0-9][A-Za-z0-9.-]*");

  public BindCredentials {
    requireNonNull(password, "password is null");
    requireNonNull(bindDn, "bindDn is null");
    if (!PRINCIPAL_NAME.matcher(bindDn).matches()) {
      LdapSyntax.requireDn("the bind DN", bindDn);
    }
  }
}
