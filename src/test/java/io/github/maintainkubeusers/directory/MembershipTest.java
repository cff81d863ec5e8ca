package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.directory.PeopleServer.BASE;
import static io.github.maintainkubeusers.directory.PeopleServer.GROUP;
import static io.github.maintainkubeusers.directory.PeopleServer.PEOPLE;
import static io.github.maintainkubeusers.directory.Reading.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Gid;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipTest {
  @Test
  void membersMayBeNamedByAnything() throws Exception {
    try (var server = new PeopleServer()) {
      server.addPerson("uid=ant", "ant", 2001);
      server.addPerson("cn=Bea Wright", "bee", 2002);
      server.addPerson("uid=cat", "cat", 2003);
      server.addGroup(GROUP, "uid=ant," + PEOPLE, "CN=bea  wright, OU=People," + BASE);

      assertThat(server.read(PeopleServer.search(Membership.MEMBERS)).accounts())
          .containsExactlyInAnyOrder(
              new Account(
                  AccountId.tool("ant"),
                  new Uid(2001),
                  new Gid(3001),
                  new HomePath("/data/project/ant"),
                  false),
              new Account(
                  AccountId.tool("bee"),
                  new Uid(2002),
                  new Gid(3002),
                  new HomePath("/data/project/bee"),
                  false));
    }
  }

  @Test
  void groupsInAGroupAreFollowedAlsoInACircle() throws Exception {
    try (var server = new PeopleServer()) {
      server.addPerson("uid=ant", "ant", 2001);
      server.addPerson("uid=bee", "bee", 2002);
      server.addPerson("uid=cat", "cat", 2003);
      server.addGroup(GROUP, "uid=ant," + PEOPLE, "cn=one,ou=groups," + BASE);
      server.addGroup("cn=one,ou=groups," + BASE, "uid=ant," + PEOPLE, "cn=two,ou=groups," + BASE);
      server.addGroup(
          "cn=two,ou=groups," + BASE,
          "uid=bee," + PEOPLE,
          "uid=cat," + PEOPLE,
          GROUP,
          "cn=one,ou=groups," + BASE);

      var snapshot = server.read(PeopleServer.search(Membership.MEMBERS));

      assertThat(names(snapshot)).containsExactlyInAnyOrder("tool ant", "tool bee", "tool cat");
      assertThat(snapshot.held()).isEmpty();
    }
  }

  @Test
  void membersThatAreNobodyAreHeld() throws Exception {
    try (var server = new PeopleServer()) {
      server.addPerson("uid=ant", "ant", 2001);
      server.add("uid=host,ou=elsewhere," + BASE, "objectClass: device", "uid: host");
      server.add(
          "uid=cat,ou=elsewhere," + BASE, "objectClass: posixAccount", "uid: ant", "uid: cat");
      server.addGroup(
          GROUP,
          "uid=ghost," + PEOPLE,
          "uid=host,ou=elsewhere," + BASE,
          "uid=cat,ou=elsewhere," + BASE,
          "nonsense");

      var snapshot = server.read(PeopleServer.search(Membership.MEMBERS));

      assertThat(snapshot.accounts()).isEmpty();
      assertThat(snapshot.held())
          .extracting(Held::name)
          .containsExactlyInAnyOrder("ghost", "host", "cat", "nonsense");
      assertThat(snapshot.held())
          .filteredOn(held -> held.name().equals("ghost"))
          .extracting(Held::explanation)
          .singleElement()
          .asString()
          .contains(GROUP, "uid=ghost", "does not exist");
      assertThat(snapshot.held())
          .filteredOn(held -> held.name().equals("cat"))
          .extracting(Held::explanation)
          .singleElement()
          .asString()
          .contains("not below", PEOPLE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 99, 100, 101, 249, 250})
  void membersThatAreHandedOutInPartsAreReadToTheEnd(int most) throws Exception {
    try (var server = new PeopleServer(most)) {
      var members =
          IntStream.range(0, 250).mapToObj(i -> "uid=p" + i + "," + PEOPLE).toArray(String[]::new);
      for (int i = 0; i < members.length; i++) {
        server.addPerson("uid=p" + i, "p" + i, 2000 + i);
      }
      server.addGroup(GROUP, members);

      assertThat(names(server.read(PeopleServer.search(Membership.MEMBERS))))
          .hasSize(250)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aGroupMayNameItsMembers() throws Exception {
    try (var server = new PeopleServer()) {
      server.addPerson("cn=An Ant", "ant", 2001);
      server.addPerson("uid=svc-bee", "svc-bee", 2002);
      server.addPerson("uid=svc-cat", "svc-cat", 2003);
      server.add(
          GROUP,
          "objectClass: posixGroup",
          "cn: tools",
          "memberUid: svc-bee",
          "memberUid: SVC-Cat",
          "memberUid: svc-ghost",
          "memberUid: ghost");

      var snapshot =
          server.read(
              PeopleServer.search(Membership.NAMES, "svc-", DirectoryLayout.RFC2307.attributes()));

      assertThat(names(snapshot)).containsExactlyInAnyOrder("tool bee", "tool cat");
      assertThat(snapshot.held())
          .extracting(Held::name)
          .containsExactlyInAnyOrder("ghost", "ghost");
      assertThat(snapshot.held())
          .extracting(Held::explanation)
          .allMatch(text -> text.contains("of whom there is no entry below \"" + PEOPLE));
    }
  }

  @Test
  void entriesThatServersMakeOfOthersAreNamedAsWhatTheyAre() throws Exception {
    try (var server = new PeopleServer()) {
      server.addPerson("uid=ant", "ant", 2001);
      server.add(
          "nsuniqueid=66446001-1dd211b2+uid=ant," + PEOPLE,
          "objectClass: posixAccount",
          "uid: ant",
          "nsuniqueid: 66446001-1dd211b2",
          "uidNumber: 2001");
      server.add("cn=compat," + BASE, "objectClass: container", "cn: compat");
      server.add(
          "uid=ant,cn=compat," + BASE, "objectClass: posixAccount", "uid: ant", "uidNumber: 2001");
      server.add(
          "cn=ant\\0ACNF:8f2d," + PEOPLE,
          "objectClass: posixAccount",
          "cn: ant\\0ACNF:8f2d",
          "uid: ant");
      var search =
          new PeopleSearch(
              AccountKind.TOOL,
              "x",
              BASE,
              "(objectClass=posixAccount)",
              "",
              Optional.empty(),
              DirectoryLayout.RFC2307.attributes());

      var snapshot = server.read(search);

      assertThat(names(snapshot)).containsExactly("tool ant");
      assertThat(snapshot.held())
          .hasSize(3)
          .allMatch(
              held -> held.name().equals("ant") && held.reason() == HoldReason.DUPLICATE_ENTRY);
      assertThat(snapshot.held())
          .filteredOn(held -> held.explanation().contains("replication renamed"))
          .hasSize(2);
      assertThat(snapshot.held())
          .filteredOn(held -> held.explanation().contains("FreeIPA's mirror"))
          .hasSize(1);
    }
  }

  @Test
  void membersMayNameTheirGroups() throws Exception {
    try (var server = new PeopleServer()) {
      server.addPerson(
          "uid=ant", "ant", 2001, "memberOf: cn=other,ou=groups," + BASE, "memberOf: " + GROUP);
      server.addPerson("uid=bee", "bee", 2002, "memberOf: cn=other,ou=groups," + BASE);
      server.addGroup(GROUP);

      assertThat(names(server.read(PeopleServer.search(Membership.MEMBER_OF))))
          .containsExactly("tool ant");
    }
  }

  @ParameterizedTest
  @EnumSource(Membership.class)
  void aGroupThatIsNotThereIsAFault(Membership membership) throws Exception {
    try (var server = new PeopleServer()) {
      server.addPerson("uid=ant", "ant", 2001, "memberOf: " + GROUP);

      assertThatThrownBy(() -> server.read(PeopleServer.search(membership)))
          .isInstanceOf(DirectoryException.class)
          .hasMessageStartingWith("could not read \"" + GROUP + "\"")
          .hasMessageContaining("there is no such group");
    }
  }

  @Test
  void namesMayBeTakenInSmallLettersAndHomesBeMadeOfThem() throws Exception {
    try (var server = new PeopleServer()) {
      server.addPerson("uid=Ant", "Ant", 2001, "memberOf: " + GROUP);
      server.addGroup(GROUP);
      var attributes =
          new AccountAttributes(
              "uid",
              "uidNumber",
              AccountAttributes.SAME_AS_UID,
              "/srv/NAME/home",
              Locks.parse(List.of()),
              true);

      assertThat(server.read(PeopleServer.search(Membership.MEMBER_OF, "", attributes)).accounts())
          .containsExactly(
              new Account(
                  AccountId.tool("ant"), new Uid(2001), new HomePath("/srv/ant/home"), false));
      assertThat(server.read(PeopleServer.search(Membership.MEMBER_OF)).held())
          .extracting(Held::name)
          .containsExactly("Ant");
    }
  }

  @Test
  void whatAFilterTakesNeedsNoGroup() throws Exception {
    try (var server = new PeopleServer()) {
      server.addPerson("uid=lab.ant", "lab.ant", 2001);
      server.addPerson("uid=lab.bee", "lab.bee", 2002, "nsAccountLock: TRUE");
      server.addPerson("uid=other", "other", 2003);
      var search =
          new PeopleSearch(
              AccountKind.TOOL,
              "lab",
              BASE,
              "(uid=PROJECT.*)",
              "PROJECT.",
              Optional.empty(),
              DirectoryLayout.FREEIPA.attributes());

      assertThat(server.read(search).accounts())
          .extracting(account -> account + " " + account.disabled())
          .containsExactlyInAnyOrder("tool ant false", "tool bee true");
    }
  }
}
