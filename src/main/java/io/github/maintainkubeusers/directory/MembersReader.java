package io.github.maintainkubeusers.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads those whose DNs a group has, and those of the groups in it, whatever their RDNs are made
 * of.
 */
final class MembersReader implements AccountReader {
  private static final int MOST_GROUPS = 1000;

  private final PeopleSearch search;
  private final Group group;
  private final PeopleReader people;

  MembersReader(PeopleSearch search, Group group, PeopleReader people) {
    this.search = search;
    this.group = group;
    this.people = people;
  }

  @Override
  public void read(PagedSearch server, AccountCollector into) {
    new Walk(server, into).run();
  }

  /** From group to group. Each entry is looked at once, whatever circle groups stand in. */
  private final class Walk {
    private final PagedSearch server;
    private final AccountCollector into;
    private final Set<DN> seen = new HashSet<>();
    private final Queue<Found> groups = new ArrayDeque<>();

    private record Found(GroupEntry group, Entry entry) {}

    Walk(PagedSearch server, AccountCollector into) {
      this.server = server;
      this.into = into;
    }

    void run() {
      DN root = LdapSyntax.dn(group.dn());
      seen.add(root);
      var first = new GroupEntry(server, group.dn(), group.attribute());
      readMembers(first, first.require());
      for (int read = 1; !groups.isEmpty(); read++) {
        if (read > MOST_GROUPS) {
          throw new DirectoryException(
              server.faultOf(group.dn(), "it has more than " + MOST_GROUPS + " groups in it"));
        }
        Found nested = groups.remove();
        readMembers(nested.group(), nested.entry());
      }
    }

    private void readMembers(GroupEntry of, Entry entry) {
      Set<DN> members = new LinkedHashSet<>();
      for (String member : of.members(entry)) {
        dn(of, member).filter(seen::add).ifPresent(members::add);
      }
      if (seen.size() > GroupEntry.MOST_MEMBERS) {
        throw new DirectoryException(
            server.faultOf(
                group.dn(),
                "it has more than " + GroupEntry.MOST_MEMBERS + " members, with the groups in it"));
      }
      for (List<DN> some : Chunks.of(members)) {
        members.removeAll(readPeople(some));
      }
      members.forEach(other -> readOther(of, other));
    }

    private Optional<DN> dn(GroupEntry of, String member) {
      try {
        return Optional.of(new DN(member)).filter(dn -> !dn.isNullDN());
      } catch (LDAPException _) {
        into.hold(search.kind(), member, of + " has a member that is no distinguished name");
        return Optional.empty();
      }
    }

    /**
     * Those of them that are people. An entry that merely has what stands in a member's RDN is not
     * that member.
     */
    private Set<DN> readPeople(List<DN> members) {
      var wanted = Set.copyOf(members);
      var found = new HashSet<DN>();
      Filter[] anyOf = members.stream().map(dn -> filter(dn.getRDN())).toArray(Filter[]::new);
      server.forEach(
          search.base(),
          search.filledAnd(anyOf),
          entry -> {
            DN dn = LdapSyntax.dnOf(entry);
            if (wanted.contains(dn)) {
              found.add(dn);
              people.read(entry, into);
            }
          },
          search.attributes().requested());
      return found;
    }

    private void readOther(GroupEntry of, DN member) {
      var lookedUp = new GroupEntry(server, member.toString(), group.attribute());
      Optional<Entry> other = lookedUp.find();
      if (other.filter(GroupEntry::isGroup).isPresent()) {
        groups.add(new Found(lookedUp, other.get()));
      } else {
        into.hold(
            search.kind(),
            name(member.getRDN(), member),
            of
                + " has the member "
                + ShownDn.of(member.toString())
                + ", "
                + (other.isEmpty()
                    ? "which does not exist"
                    : "which the filter does not take, or which is not below "
                        + ShownDn.of(search.base())));
      }
    }

    private String name(RDN rdn, DN dn) {
      return IntStream.range(0, rdn.getAttributeNames().length)
          .filter(i -> rdn.getAttributeNames()[i].equalsIgnoreCase(search.attributes().name()))
          .mapToObj(i -> people.withoutPrefix(rdn.getAttributeValues()[i]))
          .findFirst()
          .orElse(dn.toString());
    }
  }

  private static Filter filter(RDN rdn) {
    return Filter.createEqualityFilter(
        rdn.getAttributeNames()[0], rdn.getByteArrayAttributeValues()[0]);
  }
}
