package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.directory.Reading.names;
import static io.github.maintainkubeusers.directory.Reading.read;
import static io.github.maintainkubeusers.directory.Reading.settings;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Gid;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.CapturedLog;
import io.github.maintainkubeusers.testing.LdapServerExtension;
import io.github.maintainkubeusers.testing.TestLdapServer;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LdapServerExtension.class)
class LdapDirectoryTest {
  private TestLdapServer server;

  @BeforeEach
  void take(TestLdapServer shared) {
    server = shared;
  }

  @Test
  void aToolHasItsNameWithoutTheProjectAndItsUserIdAndHome() {
    server.addTool("wikibot", 52_001, "/data/project/wikibot");
    assertThat(read(server).accounts())
        .containsExactly(
            new Account(
                AccountId.tool("wikibot"),
                new Uid(52_001),
                new HomePath("/data/project/wikibot"),
                false));
  }

  @Test
  void theGroupIsWhatTheConfiguredAttributeSays() {
    tool("own", "uidNumber: 52001", "gidNumber: 600", "homeDirectory: /data/project/own");
    tool("none", "uidNumber: 52002", "homeDirectory: /data/project/none");
    tool("root", "uidNumber: 52003", "gidNumber: 0", "homeDirectory: /data/project/root");
    var attributes =
        new AccountAttributes(
            "cn", "uidNumber", "gidNumber", "homeDirectory", Locks.parse(List.of()), false);
    var tools = new ToolSearch("tools", TestLdapServer.TOOLS, "(cn=tools.*)", "tools.", attributes);
    try (var directory =
        new LdapDirectory(
            settings(server, server.url()),
            tools,
            AdminSearch.ofProject("tools"),
            Clock.systemUTC())) {
      var snapshot = directory.read();
      assertThat(snapshot.accounts())
          .containsExactly(
              new Account(
                  AccountId.tool("own"),
                  new Uid(52_001),
                  new Gid(600),
                  new HomePath("/data/project/own"),
                  false));
      assertThat(snapshot.held())
          .extracting(held -> held.name() + " " + held.reason().label())
          .containsExactlyInAnyOrder("none malformed-entry", "root invalid-gid");
    }
  }

  @Test
  void toolsOfOtherProjectsAreNotRead() {
    server.addTool("wikibot", 52_001, "/data/project/wikibot");
    server.addRaw(
        """
        dn: uid=toolsbeta.other,%s
        objectClass: posixAccount
        cn: toolsbeta.other
        uidNumber: 52002
        homeDirectory: /data/project/other
        """
            .formatted(TestLdapServer.TOOLS));
    assertThat(names(read(server))).containsExactly("tool wikibot");
  }

  @Test
  void aLockedToolIsDisabledUntilItIsUnlocked() {
    server.addTool("wikibot", 52_001, "/data/project/wikibot");
    server.lockTool("wikibot");
    assertThat(read(server).accounts()).extracting(Account::disabled).containsExactly(true);
    server.unlockTool("wikibot");
    assertThat(read(server).accounts()).extracting(Account::disabled).containsExactly(false);
  }

  @Test
  void eitherLockAttributeDisables() {
    tool(
        "early",
        "uidNumber: 52001",
        "homeDirectory: /data/project/early",
        "pwdAccountLockedTime: 000001010000Z");
    tool(
        "later",
        "uidNumber: 52002",
        "homeDirectory: /data/project/later",
        "pwdPolicySubentry: cn=disabled,dc=wikimedia,dc=org");
    assertThat(read(server).accounts()).hasSize(2).allMatch(Account::disabled);
  }

  @Test
  void anEntryWhoseLockCannotBeJudgedIsHeld() {
    tool("odd", "uidNumber: 52001", "homeDirectory: /data/project/odd");
    var attributes =
        new AccountAttributes("cn", "uidNumber", "homeDirectory", List.of("homeDirectory<NOW"));
    var tools =
        new ToolSearch("tools", TestLdapServer.TOOLS, "(cn=tools.odd)", "tools.", attributes);
    try (var directory =
        new LdapDirectory(
            settings(server, server.url()),
            tools,
            AdminSearch.ofProject("tools"),
            Clock.systemUTC())) {
      var snapshot = directory.read();
      assertThat(snapshot.accounts()).isEmpty();
      assertThat(snapshot.held())
          .singleElement()
          .matches(held -> held.reason() == HoldReason.MALFORMED_ENTRY)
          .extracting(Held::explanation)
          .asString()
          .contains("the lock homeDirectory<NOW", "/data/project/odd");
    }
  }

  @Test
  void toolsComeInPages() {
    server.addTools("t", 1_201, 52_000);
    var settings = settings(server, server.url());
    assertThat(settings.pageSize()).isEqualTo(500);
    assertThat(Set.copyOf(names(read(settings)))).hasSize(1_201);
    assertThat(names(read(settings.withPageSize(400)))).hasSize(1_201).doesNotHaveDuplicates();
  }

  @Test
  void anAdminIsAMemberOfTheGroupWithAnEntryOfItsOwn() {
    server.addPerson("alice", 2_001, "/home/alice");
    server.addPerson("bob", 2_002, "/home/bob");
    server.addPerson("carol", 2_003, "/home/carol");
    server.lockPerson("carol");
    server.setAdmins("alice", "carol");
    assertThat(read(server).accounts())
        .containsExactlyInAnyOrder(
            new Account(
                AccountId.admin("alice"), new Uid(2_001), new HomePath("/home/alice"), false),
            new Account(
                AccountId.admin("carol"), new Uid(2_003), new HomePath("/home/carol"), true));
  }

  @Test
  void anAdminGroupMayBeLargerThanAnyFilter() {
    String[] uids = IntStream.range(0, 250).mapToObj(i -> "p" + i).toArray(String[]::new);
    for (int i = 0; i < uids.length; i++) {
      server.addPerson(uids[i], 2_000 + i, "/home/" + uids[i]);
    }
    server.setAdmins(uids);
    assertThat(names(read(server))).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void aGroupWithoutMembersMeansNoAdmins() {
    server.addPerson("alice", 2_001, "/home/alice");
    var snapshot = read(server);
    assertThat(snapshot.accounts()).isEmpty();
    assertThat(snapshot.held()).isEmpty();
  }

  @Test
  void aMemberWithoutEntryIsHeld() {
    server.setAdmins("ghost");
    var held = read(server).held().getFirst();
    assertThat(held.name()).isEqualTo("ghost");
    assertThat(held.reason()).isEqualTo(HoldReason.MALFORMED_ENTRY);
    assertThat(held.explanation()).contains("uid=ghost,ou=people", "does not exist");
  }

  @Test
  void whoOnlyHasTheNameOfAMemberIsNoAdmin() {
    server.setAdmins("alice");
    server.addRaw(
        """
        dn: cn=impostor,%s
        objectClass: posixAccount
        cn: impostor
        uid: alice
        uidNumber: 6666
        homeDirectory: /home/impostor
        """
            .formatted(TestLdapServer.PEOPLE));
    var snapshot = read(server);
    assertThat(snapshot.accounts()).isEmpty();
    assertThat(snapshot.held()).extracting(Held::name).containsExactly("alice");
  }

  @Test
  void membersElsewhereOrWithoutUidAreHeld() {
    server.removeAdminGroup();
    server.addRaw(
        """
        dn: cn=tools.admin,%1$s
        objectClass: groupOfNames
        objectClass: posixGroup
        cn: tools.admin
        gidNumber: 500
        member: uid=tools.bot,ou=people,%1$s
        member: cn=Alice,%2$s
        """
            .formatted(TestLdapServer.GROUPS, TestLdapServer.PEOPLE));
    assertThat(read(server).held())
        .extracting(Held::name)
        .containsExactlyInAnyOrder(
            "uid=tools.bot,ou=people," + TestLdapServer.GROUPS,
            "cn=Alice," + TestLdapServer.PEOPLE);
  }

  @Test
  void entriesThatAreNotWellFormedAreHeldAndTheOthersAreRead() {
    server.addTool("good", 52_000, "/data/project/good");
    server.addTool("Upper", 52_001, "/data/project/upper");
    server.addTool("dot.dot", 52_002, "/data/project/dot");
    server.addTool("zero", 0, "/data/project/zero");
    server.addTool("relative", 52_003, "data/project/relative");
    server.addTool("climbs", 52_004, "/data/project/../climbs");
    tool("nouid", "homeDirectory: /data/project/nouid");
    tool("twouids", "uidNumber: 52005", "uidNumber: 52006", "homeDirectory: /data/project/twouids");
    tool("nohome", "uidNumber: 52007");
    tool(
        "twohomes",
        "uidNumber: 52008",
        "homeDirectory: /data/project/a",
        "homeDirectory: /data/project/b");
    tool(
        "twonames",
        "cn: tools.second",
        "uidNumber: 52009",
        "homeDirectory: /data/project/twonames");
    var snapshot = read(server);
    assertThat(names(snapshot)).containsExactly("tool good");
    assertThat(snapshot.held())
        .extracting(held -> held.name() + " " + held.reason().label())
        .containsExactlyInAnyOrder(
            "Upper invalid-name",
            "dot.dot invalid-name",
            "zero invalid-uid",
            "relative invalid-home",
            "climbs invalid-home",
            "nouid malformed-entry",
            "twouids malformed-entry",
            "nohome malformed-entry",
            "twohomes malformed-entry",
            "twonames malformed-entry",
            "second malformed-entry");
  }

  @Test
  void aNameInAnotherPlaceDoesNotMatter() {
    tool(
        "wikibot",
        "cn: Wiki Bot",
        "cn: wikibot",
        "uidNumber: 52001",
        "homeDirectory: /data/project/wikibot");
    assertThat(names(read(server))).containsExactly("tool wikibot");
  }

  @Test
  void locksThatNoEntryShowsAreToldOnce() {
    server.addTool("wikibot", 52_001, "/data/project/wikibot");
    server.addTool("locked", 52_002, "/data/project/locked");
    try (var directory = Reading.directory(settings(server, server.url()));
        var log = new CapturedLog()) {
      directory.read();
      directory.read();
      assertThat(log.messages(Level.INFO))
          .singleElement()
          .asString()
          .startsWith("No entry has [pwdAccountLockedTime, pwdPolicySubentry]");

      server.lockTool("locked");
      directory.read();
      assertThat(log.messages(Level.INFO)).hasSize(1);
    }
  }

  @Test
  void aSnapshotSaysWhereItIsFrom() {
    assertThat(read(server).origin())
        .contains(
            new DirectorySnapshot.Origin(
                server.url(), EnumSet.of(AccountKind.TOOL, AccountKind.ADMIN)));
  }

  @Test
  void duplicatesStayDuplicates() {
    server.addTool("twice", 52_001, "/data/project/twice");
    server.addRaw(
        """
        dn: cn=other,%s
        objectClass: posixAccount
        cn: tools.twice
        uidNumber: 52002
        homeDirectory: /data/project/twice2
        """
            .formatted(TestLdapServer.TOOLS));
    assertThat(names(read(server))).containsExactly("tool twice", "tool twice");
  }

  private void tool(String name, String... lines) {
    server.addRaw(
        "dn: uid=tools."
            + name
            + ","
            + TestLdapServer.TOOLS
            + "\nobjectClass: posixAccount\ncn: tools."
            + name
            + "\n"
            + String.join("\n", lines)
            + "\n");
  }
}
