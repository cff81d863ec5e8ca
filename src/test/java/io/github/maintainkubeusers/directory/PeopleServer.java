package io.github.maintainkubeusers.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.SearchResultEntry;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server without a schema, for layouts that are not Toolforge's. */
final class PeopleServer implements AutoCloseable {
  static final String BASE = "dc=example,dc=org";
  static final String PEOPLE = "ou=people," + BASE;
  static final String GROUP = "cn=tools,ou=groups," + BASE;

  private final InMemoryDirectoryServer server;
  private final Ranges ranges;

  /**
   * @param most values of member in one answer, as Active Directory has it
   */
  PeopleServer(int most) throws Exception {
    var config = new InMemoryDirectoryServerConfig(BASE);
    config.setSchema(null);
    ranges = new Ranges(most);
    config.addInMemoryOperationInterceptor(ranges);
    server = new InMemoryDirectoryServer(config);
    server.startListening();
    add(BASE, "objectClass: domain", "dc: example");
    for (String unit : List.of("people", "groups", "elsewhere")) {
      add("ou=" + unit + "," + BASE, "objectClass: organizationalUnit", "ou: " + unit);
    }
  }

  PeopleServer() throws Exception {
    this(Integer.MAX_VALUE);
  }

  void add(String dn, String... lines) throws Exception {
    server.add(Stream.concat(Stream.of("dn: " + dn), Stream.of(lines)).toArray(String[]::new));
  }

  /**
   * @param rdn what the entry is named by, like {@code uid=x}
   */
  void addPerson(String rdn, String uid, int number, String... more) throws Exception {
    add(
        rdn + "," + PEOPLE,
        Stream.concat(
                Stream.of(
                    "objectClass: posixAccount",
                    rdn.replaceFirst("=", ": "),
                    "uid: " + uid,
                    "uidNumber: " + number,
                    "gidNumber: " + (number + 1000),
                    "homeDirectory: /data/project/" + uid),
                Stream.of(more))
            .toArray(String[]::new));
  }

  void addGroup(String dn, String... members) throws Exception {
    if (dn.equals(GROUP)) {
      ranges.members = List.of(members);
    }
    add(
        dn,
        Stream.concat(
                Stream.of("objectClass: groupOfNames", "cn: x"),
                Stream.of(members).map(member -> "member: " + member))
            .toArray(String[]::new));
  }

  static PeopleSearch search(Membership membership) {
    return search(membership, "", DirectoryLayout.RFC2307BIS.attributes());
  }

  static PeopleSearch search(Membership membership, String prefix, AccountAttributes attributes) {
    return new PeopleSearch(
        AccountKind.TOOL,
        "tools",
        PEOPLE,
        "(objectClass=posixAccount)",
        prefix,
        Optional.of(Group.of(GROUP, membership)),
        attributes);
  }

  DirectorySnapshot read(AccountSearch tools) {
    return read(tools, settings());
  }

  DirectorySnapshot read(AccountSearch tools, LdapSettings settings) {
    try (var directory =
        new LdapDirectory(settings, tools, new NoSearch("tools"), Clock.systemUTC())) {
      return directory.read();
    }
  }

  LdapSettings settings() {
    return LdapSettings.of(
        List.of(LdapServer.parse("ldap://localhost:" + server.getListenPort(), false)),
        Optional.empty());
  }

  @Override
  public void close() {
    server.shutDown(true);
  }

  /** Hands out the members of {@link #GROUP} in parts. */
  private static final class Ranges extends InMemoryOperationInterceptor {
    private static final Pattern NEXT = Pattern.compile("member;range=(\\d+)-\\*");
    private final int most;
    private volatile List<String> members = List.of();

    Ranges(int most) {
      this.most = most;
    }

    @Override
    public void processSearchEntry(InMemoryInterceptedSearchEntry result) {
      SearchResultEntry entry = result.getSearchEntry();
      if (entry.getDN().equals(GROUP) && members.size() > most) {
        int from =
            result.getRequest().getAttributeList().stream()
                .map(NEXT::matcher)
                .filter(Matcher::matches)
                .mapToInt(next -> Integer.parseInt(next.group(1)))
                .findFirst()
                .orElse(0);
        int to = Math.min(members.size(), from + most);
        String last = to == members.size() ? "*" : String.valueOf(to - 1);
        result.setSearchEntry(
            new SearchResultEntry(
                entry.getDN(),
                List.of(
                    new Attribute("objectClass", "groupOfNames"),
                    new Attribute("member", List.of()),
                    new Attribute(
                        "member;range=" + from + "-" + last, members.subList(from, to)))));
      }
    }
  }
}
