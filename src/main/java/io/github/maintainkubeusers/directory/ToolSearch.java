package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import com.unboundid.ldap.sdk.Filter;
import io.github.maintainkubeusers.account.AccountKind;
import java.util.Optional;

/**
 * Where the tools are. In {@code filter} and {@code prefix} the word {@code PROJECT} stands for the
 * project.
 *
 * @param base searched with everything below it
 * @param prefix what stands before the tool's name in the name attribute
 */
public record ToolSearch(
    String project, String base, String filter, String prefix, AccountAttributes attributes)
    implements AccountSearch {
  public ToolSearch {
    LdapSyntax.requireDn("the base of the tools", base);
    requireNonNull(prefix, "prefix is null");
    requireNonNull(attributes, "attributes is null");
    var _ = FilterTemplate.fill(filter, project);
  }

  /** As Toolforge has them. */
  public static ToolSearch ofProject(String project) {
    return below("dc=wikimedia,dc=org", project);
  }

  /** In the branch that Toolforge has them in. */
  public static ToolSearch below(String directoryBase, String project) {
    return new ToolSearch(
        project,
        "ou=people,ou=servicegroups," + directoryBase,
        "(&(objectClass=posixAccount)(cn=PROJECT.*))",
        "PROJECT.",
        AccountAttributes.named("cn"));
  }

  Filter filled() {
    return people().filled();
  }

  String filledPrefix() {
    return people().filledPrefix();
  }

  /** The same without what tools alone have. */
  PeopleSearch people() {
    return new PeopleSearch(
        AccountKind.TOOL, project, base, filter, prefix, Optional.empty(), attributes);
  }
}
