package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.directory.RealReading.words;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.testing.FreeIpa;
import io.github.maintainkubeusers.testing.RealDirectory;
import io.github.maintainkubeusers.testing.RealDirectory.Make;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 389 Directory Server, laid out as FreeIPA does. */
class FreeIpaIT {
  private static final String ADMINS = "cn=k8s-admins," + FreeIpa.GROUPS;
  private static RealDirectory server;
  private static RealReading reading;

  @BeforeAll
  static void start() {
    assumeTrue(Make.DS389.canRun(), Make.DS389.absence());
    server = RealDirectory.start(Make.DS389);
    server.change(FreeIpa.tree());
    server.change(
        FreeIpa.user("svc-ant", 5001, 6001, "/srv/ant")
            + FreeIpa.user("svc-bee", 5002, 6001, "/srv/bee")
            + FreeIpa.user("ada", 7001, 7001, "/srv/ada")
            + FreeIpa.user("bob", 7002, 7002, "/srv/bob")
            + FreeIpa.group("team", "uid=ada," + FreeIpa.USERS, "uid=bob," + FreeIpa.USERS)
            + FreeIpa.group("k8s-admins", "cn=team," + FreeIpa.GROUPS));
    reading =
        RealReading.of(
            server,
            DirectoryLayout.FREEIPA,
            new BindCredentials(FreeIpa.READER, BindPassword.of(FreeIpa.PASSWORD)),
            ADMINS);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void toolsAndAdminsOfNestedGroupsAreReadWithTheirGroups() {
    assertThat(words(reading.read()))
        .contains(
            "tool ant 5001:6001 /srv/ant",
            "tool bee 5002:6001 /srv/bee",
            "admin ada 7001:7001 /srv/ada",
            "admin bob 7002:7002 /srv/bob");
  }

  @Test
  void whoIsDisabledIsLockedUntilEnabledAgain() {
    server.change(FreeIpa.user("svc-cat", 5003, 5003, "/srv/cat"));
    for (String lock :
        new String[] {
          "nsAccountLock: TRUE", "nsAccountLock: true", "krbPrincipalExpiration: 20200101000000Z"
        }) {
      server.change(FreeIpa.replace("svc-cat", lock));
      assertThat(words(reading.read())).as(lock).contains("tool cat 5003:5003 /srv/cat locked");
      server.change(FreeIpa.remove("svc-cat", lock));
      assertThat(words(reading.read())).as("after " + lock).contains("tool cat 5003:5003 /srv/cat");
    }
    for (String none :
        new String[] {"nsAccountLock: FALSE", "krbPrincipalExpiration: 20990101000000Z"}) {
      server.change(FreeIpa.replace("svc-cat", none));
      assertThat(words(reading.read())).as(none).contains("tool cat 5003:5003 /srv/cat");
    }
  }

  @Test
  void aDisabledAdminIsNone() {
    server.change(
        FreeIpa.user("eve", 7003, 7003, "/srv/eve")
            + "\ndn: "
            + ADMINS
            + "\nchangetype: modify\nadd: member\nmember: uid=eve,"
            + FreeIpa.USERS
            + "\n");
    assertThat(words(reading.read())).contains("admin eve 7003:7003 /srv/eve");
    server.change(FreeIpa.replace("eve", "nsAccountLock: TRUE"));
    assertThat(words(reading.read())).contains("admin eve 7003:7003 /srv/eve locked");
  }

  @Test
  void membersMayBeFollowedThroughGroupsInstead() {
    var byMembers = reading.withAdmins(Group.of(ADMINS, Membership.MEMBERS));
    assertThat(words(byMembers.read()))
        .contains("admin ada 7001:7001 /srv/ada", "admin bob 7002:7002 /srv/bob");
  }

  @Test
  void threeThousandToolsComeInPages() {
    server.change(
        IntStream.range(0, 3000)
            .mapToObj(i -> FreeIpa.user("svc-many" + i, 20_000 + i, 6001, "/srv/many" + i))
            .collect(joining()));
    assertThat(words(reading.read()))
        .filteredOn(words -> words.startsWith("tool many"))
        .hasSize(3000)
        .doesNotHaveDuplicates();
  }

  @Test
  void aMirroredEntryIsNamedAsOne() {
    server.change(
        "\ndn: cn=compat,"
            + RealDirectory.BASE
            + "\nobjectClass: nsContainer\ncn: compat\n"
            + "\ndn: uid=svc-ant,cn=compat,"
            + RealDirectory.BASE
            + "\nobjectClass: account\n"
            + "objectClass: posixAccount\nuid: svc-ant\ncn: x\nuidNumber: 5001\ngidNumber: 6001\n"
            + "homeDirectory: /srv/ant\n");
    assertThat(reading.read().held())
        .as("below cn=users,cn=accounts")
        .extracting(Held::name)
        .doesNotContain("ant");

    var everywhere =
        new RealReading(
            reading.settings(),
            DirectoryLayout.RFC2307BIS,
            "(uid=svc-ant)",
            "svc-",
            reading.tools(),
            Group.of(ADMINS, Membership.MEMBERS));
    assertThat(everywhere.read().held())
        .filteredOn(held -> held.name().equals("ant"))
        .extracting(Held::explanation)
        .singleElement()
        .asString()
        .contains("FreeIPA's mirror");
  }

  @Test
  void aGroupThatIsNotThereAndAnAttributeThatIsMisspeltAreFaults() {
    assertThatThrownBy(
            () ->
                reading
                    .withAdmins(Group.of("cn=none," + FreeIpa.GROUPS, Membership.MEMBER_OF))
                    .read())
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("there is no such group");
    assertThatThrownBy(
            () ->
                reading
                    .with(reading.settings().withRequired(Set.of("nsAccountLock", "nsAcountLock")))
                    .read())
        .hasMessageContaining("its schema has no attribute \"nsAcountLock\"");
    var known =
        Set.of("nsAccountLock", "krbPrincipalExpiration", "uidNumber", "gidNumber", "memberOf");
    assertThat(words(reading.with(reading.settings().withRequired(known)).read())).isNotEmpty();
  }

  @Test
  void startTlsIsSpokenWithTheServersOwnAuthorityAndNoOther() {
    assertThat(words(reading.withStartTls(server, true).read()))
        .contains("tool ant 5001:6001 /srv/ant");
    assertThatThrownBy(reading.withStartTls(server, false)::read)
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("directory.trustedCa");
  }

  @Test
  void aReferralIsAFaultUnlessIgnored() {
    server.change(
        "\ndn: cn=elsewhere,"
            + FreeIpa.USERS
            + "\nobjectClass: top\nobjectClass: referral\nobjectClass: extensibleObject\n"
            + "cn: elsewhere\nref: ldap://other.example.org/cn=elsewhere\n");
    try {
      reading.refusesReferrals("tool ant 5001:6001 /srv/ant");
    } finally {
      server.change(
          "\ndn: cn=elsewhere,"
              + FreeIpa.USERS
              + "\ncontrol: 2.16.840.1.113730.3.4.2 true\nchangetype: delete\n");
    }
  }

  @Test
  void aServerThatIsKilledIsAFaultAndIsReadWhenItIsBack() {
    reading.survivesAKill(server, "tool ant 5001:6001 /srv/ant", "admin ada 7001:7001 /srv/ada");
  }
}
