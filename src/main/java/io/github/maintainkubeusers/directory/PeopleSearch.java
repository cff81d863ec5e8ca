package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import com.unboundid.ldap.sdk.Filter;
import io.github.maintainkubeusers.account.AccountKind;
import java.util.Optional;

/**
 * All below a base that a filter takes, or those of them in a group. In {@code filter} and {@code
 * prefix} the word {@code PROJECT} stands for the project.
 *
 * @param base searched with everything below it
 * @param prefix what stands before the account's name in the name attribute
 */
public record PeopleSearch(
    AccountKind kind,
    String project,
    String base,
    String filter,
    String prefix,
    Optional<Group> group,
    AccountAttributes attributes)
    implements AccountSearch {
  public PeopleSearch {
    requireNonNull(kind, "kind is null");
    LdapSyntax.requireDn("the base of the " + kind.label() + "s", base);
    requireNonNull(prefix, "prefix is null");
    requireNonNull(group, "group is null");
    requireNonNull(attributes, "attributes is null");
    var _ = FilterTemplate.fill(filter, project);
  }

  Filter filled() {
    return FilterTemplate.fill(filter, project);
  }

  /** The filter, and one of these. */
  Filter filledAnd(Filter... anyOf) {
    return Filter.createANDFilter(filled(), Filter.createORFilter(anyOf));
  }

  String filledPrefix() {
    return prefix.replace(FilterTemplate.PLACEHOLDER, project);
  }
}
