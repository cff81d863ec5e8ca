package io.github.maintainkubeusers.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import io.github.maintainkubeusers.account.AccountKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the members of the admin group, each by the name in its RDN. */
final class AdminReader implements AccountReader {
  private final AdminSearch admins;
  private final DN peopleBase;

  AdminReader(AdminSearch admins) {
    this.admins = admins;
    this.peopleBase = LdapSyntax.dn(admins.peopleBase());
  }

  @Override
  public void read(PagedSearch search, AccountCollector into) {
    Map<DN, String> people = people(members(search), into);
    for (List<String> names : Chunks.of(people.values())) {
      readPeople(search, names, people, into);
    }
    people.forEach(
        (dn, name) ->
            into.hold(
                AccountKind.ADMIN,
                name,
                "the admin group has the member "
                    + ShownDn.of(dn.toString())
                    + ", which does not exist"));
  }

  /**
   * Without the group nobody can tell who is an admin: its absence is a fault, not an empty list.
   */
  private Set<String> members(PagedSearch search) {
    Filter filter = admins.filledGroupFilter();
    var groups = search.entries(admins.groupBase(), filter, admins.memberAttribute());
    if (groups.isEmpty()) {
      throw new DirectoryException(
          search.fault(admins.groupBase(), filter, "there is no admin group"));
    }
    var members = new LinkedHashSet<String>();
    for (Entry group : groups) {
      requireWhole(group, search, filter);
      String[] values = group.getAttributeValues(admins.memberAttribute());
      Stream.of(values == null ? new String[0] : values).forEach(members::add);
    }
    return members;
  }

  /** Some servers hand out long groups in parts, as {@code member;range=0-1499}. */
  private void requireWhole(Entry group, PagedSearch search, Filter filter) {
    List<Attribute> parts = group.getAttributesWithOptions(admins.memberAttribute(), Set.of());
    if (parts.stream()
        .anyMatch(part -> part.getName().toLowerCase(Locale.ROOT).contains(";range="))) {
      throw new DirectoryException(
          search.fault(
              admins.groupBase(),
              filter,
              "the server gave only a part of the members of " + ShownDn.of(group.getDN())));
    }
  }

  /** The DN and name of each member that can be a person; the others are held. */
  private Map<DN, String> people(Set<String> members, AccountCollector into) {
    var people = new LinkedHashMap<DN, String>();
    for (String member : members) {
      try {
        DN dn = new DN(member);
        if (dn.isNullDN()) {
          continue; // what a group holds that must have a member and has none
        }
        String name = name(dn.getRDN());
        if (name == null || !dn.isDescendantOf(peopleBase, false)) {
          into.hold(
              AccountKind.ADMIN,
              member,
              "the admin group has a member that is no "
                  + admins.attributes().name()
                  + " below "
                  + ShownDn.of(admins.peopleBase()));
        } else {
          people.put(dn, name);
        }
      } catch (LDAPException _) {
        into.hold(
            AccountKind.ADMIN,
            member,
            "the admin group has a member that is no distinguished name");
      }
    }
    return people;
  }

  private String name(RDN rdn) {
    String[] names = rdn.getAttributeNames();
    for (int i = 0; i < names.length; i++) {
      if (names[i].equalsIgnoreCase(admins.attributes().name())) {
        return rdn.getAttributeValues()[i];
      }
    }
    return null;
  }

  /**
   * Takes those that it finds out of the map. An entry that merely has a member's name is not that
   * member.
   */
  private void readPeople(
      PagedSearch search, List<String> names, Map<DN, String> people, AccountCollector into) {
    var anyOf = new ArrayList<Filter>();
    names.forEach(name -> anyOf.add(Filter.createEqualityFilter(admins.attributes().name(), name)));
    for (Entry entry :
        search.entries(
            admins.peopleBase(), Filter.createORFilter(anyOf), admins.attributes().requested())) {
      String name = people.remove(LdapSyntax.dnOf(entry));
      if (name != null) {
        into.add(AccountKind.ADMIN, name, admins.attributes(), entry);
      }
    }
  }
}
