package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import com.unboundid.ldap.sdk.Entry;
import io.github.maintainkubeusers.account.AsciiCase;
import java.util.ArrayList;
import java.util.List;

/** Reads all that a filter takes. */
final class PeopleReader implements AccountReader {
  private final PeopleSearch people;
  private final String prefix;

  PeopleReader(PeopleSearch people) {
    this.people = people;
    this.prefix = people.filledPrefix();
  }

  @Override
  public void read(PagedSearch search, AccountCollector into) {
    search.forEach(
        people.base(),
        people.filled(),
        entry -> read(entry, into),
        people.attributes().requested());
  }

  void read(Entry entry, AccountCollector into) {
    List<String> names = names(entry);
    if (names.size() == 1) {
      into.add(people.kind(), names.getFirst(), people.attributes(), entry);
    } else {
      hold(entry, names, into);
    }
  }

  /**
   * The account's name in a value of the name attribute, or the whole of one that has no prefix.
   */
  String withoutPrefix(String value) {
    return hasPrefix(value) ? value.substring(prefix.length()) : value;
  }

  /** Each of several names is held: whichever of them was provisioned is left as it is. */
  private void hold(Entry entry, List<String> names, AccountCollector into) {
    String fault =
        "the entry "
            + ShownDn.of(entry.getDN())
            + " has "
            + names.size()
            + " values of "
            + people.attributes().name()
            + " that begin with "
            + quoted(prefix)
            + ", not one";
    for (String name : names.isEmpty() ? List.of(entry.getDN()) : names) {
      into.hold(people.kind(), name, fault);
    }
  }

  /** The values with the prefix, without it. As LDAP compares names, case makes no difference. */
  private List<String> names(Entry entry) {
    String[] values = entry.getAttributeValues(people.attributes().name());
    var names = new ArrayList<String>();
    for (String value : values == null ? new String[0] : values) {
      if (hasPrefix(value)) {
        names.add(value.substring(prefix.length()));
      }
    }
    return names;
  }

  private boolean hasPrefix(String value) {
    return AsciiCase.startsWith(value, prefix);
  }
}
