package io.github.maintainkubeusers.directory;

import com.unboundid.ldap.sdk.Filter;

/** Reads those who say that they are in a group. */
final class MemberOfReader implements AccountReader {
  /** LDAP_MATCHING_RULE_IN_CHAIN, section 3.1.1.3.4.4.3 of MS-ADTS. */
  private static final String IN_CHAIN = "1.2.840.113556.1.4.1941";

  private final PeopleSearch search;
  private final Group group;
  private final PeopleReader people;

  MemberOfReader(PeopleSearch search, Group group, PeopleReader people) {
    this.search = search;
    this.group = group;
    this.people = people;
  }

  /** The group is looked for first: of one that is not there, nobody is a member either. */
  @Override
  public void read(PagedSearch server, AccountCollector into) {
    var _ = new GroupEntry(server, group.dn(), group.attribute()).require();
    server.forEach(
        search.base(),
        search.filledAnd(isMember()),
        entry -> people.read(entry, into),
        search.attributes().requested());
  }

  private Filter isMember() {
    return group.membership() == Membership.MEMBER_OF_CHAIN
        ? Filter.createExtensibleMatchFilter(group.attribute(), IN_CHAIN, false, group.dn())
        : Filter.createEqualityFilter(group.attribute(), group.dn());
  }
}
