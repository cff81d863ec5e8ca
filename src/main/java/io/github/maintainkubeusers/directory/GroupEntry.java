package io.github.maintainkubeusers.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A group, looked up by its DN. */
final class GroupEntry {
  static final int MOST_MEMBERS = 100_000;
  private static final String OBJECT_CLASS = "objectClass";
  private static final Set<String> GROUPS =
      Set.of(
          "groupofnames",
          "groupofuniquenames",
          "groupofmembers",
          "posixgroup",
          "group",
          "ipausergroup");

  /**
   * What Active Directory gives of a long attribute: {@code member;range=0-1499}, the last of them
   * up to *.
   */
  private static final Pattern RANGE = Pattern.compile(".*;range=\\d+-(?<last>\\d+|\\*)");

  private final PagedSearch server;
  private final String dn;
  private final String attribute;

  GroupEntry(PagedSearch server, String dn, String attribute) {
    this.server = server;
    this.dn = dn;
    this.attribute = attribute;
  }

  /**
   * @throws DirectoryException when it is not there: without it nobody can tell who is a member
   */
  Entry require() {
    return find()
        .orElseThrow(
            () ->
                new DirectoryException(
                    server.faultOf(dn, "there is no such group, or this bind DN may not read it")));
  }

  Optional<Entry> find() {
    return server.entry(dn, OBJECT_CLASS, attribute);
  }

  static boolean isGroup(Entry entry) {
    String[] classes = entry.getAttributeValues(OBJECT_CLASS);
    return classes != null
        && Stream.of(classes).anyMatch(name -> GROUPS.contains(name.toLowerCase(Locale.ROOT)));
  }

  /** All values of the attribute, also where the server hands them out in parts. */
  List<String> members(Entry first) {
    var members = new ArrayList<String>();
    Optional<Integer> next = addPart(first, members);
    while (next.isPresent()) {
      int from = next.get();
      Entry part =
          server
              .entry(dn, attribute + ";range=" + from + "-*")
              .orElseThrow(
                  () ->
                      new DirectoryException(
                          server.faultOf(dn, "it went away while its members were read")));
      next = addPart(part, members);
      if (next.filter(after -> after <= from).isPresent()) {
        throw new DirectoryException(server.faultOf(dn, "the server gives the same members again"));
      }
    }
    return members;
  }

  /**
   * @return where the next part begins, if there is one
   */
  private Optional<Integer> addPart(Entry entry, List<String> members) {
    Optional<Integer> next = Optional.empty();
    for (Attribute part : entry.getAttributesWithOptions(attribute, Set.of())) {
      members.addAll(List.of(part.getValues()));
      Matcher range = RANGE.matcher(part.getName().toLowerCase(Locale.ROOT));
      if (range.matches() && !range.group("last").equals("*")) {
        next = Optional.of(Integer.parseInt(range.group("last")) + 1);
      }
    }
    if (members.size() > MOST_MEMBERS) {
      throw new DirectoryException(
          server.faultOf(dn, "it has more than " + MOST_MEMBERS + " members"));
    }
    return next;
  }

  @Override
  public String toString() {
    return "the group " + ShownDn.of(dn);
  }
}
