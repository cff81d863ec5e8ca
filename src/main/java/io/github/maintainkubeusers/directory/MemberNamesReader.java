package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import io.github.maintainkubeusers.account.AsciiCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads those whom a group names. */
final class MemberNamesReader implements AccountReader {
  private final PeopleSearch search;
  private final Group group;
  private final PeopleReader people;

  MemberNamesReader(PeopleSearch search, Group group, PeopleReader people) {
    this.search = search;
    this.group = group;
    this.people = people;
  }

  @Override
  public void read(PagedSearch server, AccountCollector into) {
    var entry = new GroupEntry(server, group.dn(), group.attribute());
    Map<String, String> missing = new LinkedHashMap<>();
    entry.members(entry.require()).forEach(name -> missing.put(AsciiCase.folded(name), name));
    for (List<String> names : Chunks.of(missing.values())) {
      Filter[] anyOf =
          names.stream()
              .map(name -> Filter.createEqualityFilter(search.attributes().name(), name))
              .toArray(Filter[]::new);
      server.forEach(
          search.base(),
          search.filledAnd(anyOf),
          found -> readMember(found, missing, into),
          search.attributes().requested());
    }
    missing
        .values()
        .forEach(
            name ->
                into.hold(
                    search.kind(),
                    people.withoutPrefix(name),
                    entry
                        + " has the member "
                        + quoted(name)
                        + ", of whom there is no entry below "
                        + ShownDn.of(search.base())
                        + " that the filter takes"));
  }

  private void readMember(Entry found, Map<String, String> missing, AccountCollector into) {
    for (String name : found.getAttributeValues(search.attributes().name())) {
      missing.remove(AsciiCase.folded(name));
    }
    people.read(found, into);
  }
}
