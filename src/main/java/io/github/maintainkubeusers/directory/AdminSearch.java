package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import com.unboundid.ldap.sdk.Filter;

/**
 * Where the admins are: the members of a group (or of several), each with an entry of its own
 * elsewhere. In {@code groupFilter} the word {@code PROJECT} stands for the project.
 *
 * @param memberAttribute holds the DNs of members, as rfc2307bis has it
 * @param peopleBase below it are the members' entries; their RDN has the name attribute in it
 */
public record AdminSearch(
    String project,
    String groupBase,
    String groupFilter,
    String memberAttribute,
    String peopleBase,
    AccountAttributes attributes)
    implements AccountSearch {
  public AdminSearch {
    LdapSyntax.requireDn("the base of the admin group", groupBase);
    LdapSyntax.requireDn("the base of the people", peopleBase);
    LdapSyntax.requireAttribute(memberAttribute);
    requireNonNull(attributes, "attributes is null");
    var _ = FilterTemplate.fill(groupFilter, project);
  }

  /** As Toolforge has them. */
  public static AdminSearch ofProject(String project) {
    return below("dc=wikimedia,dc=org", project);
  }

  /** In the branches that Toolforge has them in. */
  public static AdminSearch below(String directoryBase, String project) {
    return new AdminSearch(
        project,
        "ou=servicegroups," + directoryBase,
        "(&(objectClass=posixGroup)(cn=PROJECT.admin))",
        "member",
        "ou=people," + directoryBase,
        AccountAttributes.named("uid"));
  }

  Filter filledGroupFilter() {
    return FilterTemplate.fill(groupFilter, project);
  }
}
