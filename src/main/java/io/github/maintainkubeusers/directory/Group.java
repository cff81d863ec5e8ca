package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

/**
 * A group whose members are accounts.
 *
 * @param attribute of the group or of its members, as the membership has it
 */
public record Group(String dn, Membership membership, String attribute) {
  public Group {
    requireDn(dn);
    requireNonNull(membership, "membership is null");
    LdapSyntax.requireAttribute(attribute);
  }

  public static Group of(String dn, Membership membership) {
    return new Group(dn, membership, membership.attribute());
  }

  /**
   * @throws io.github.maintainkubeusers.account.InvalidValueException when it is none
   */
  public static String requireDn(String text) {
    LdapSyntax.requireDn("the group", text);
    return text;
  }
}
