package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.directory.RealReading.words;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.testing.RealDirectory;
import io.github.maintainkubeusers.testing.RealDirectory.Make;
import io.github.maintainkubeusers.testing.Rfc2307;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenLDAP with the schema of RFC 2307, where groups hold names, and with password policies. */
class Rfc2307IT {
  private static final String ADMINS = "cn=k8s-admins," + Rfc2307.GROUPS;
  private static final String TOOLS = "cn=k8s-tools," + Rfc2307.GROUPS;
  private static RealDirectory server;
  private static RealReading reading;

  @BeforeAll
  static void start() {
    assumeTrue(Make.OPENLDAP.canRun(), Make.OPENLDAP.absence());
    server = RealDirectory.start(Make.OPENLDAP);
    server.change(
        Rfc2307.units()
            + user("svc-ant", 5001)
            + user("svc-bee", 5002)
            + user("ada", 7001)
            + user("bob", 7002)
            + Rfc2307.groupOfNames("k8s-admins", "ada", "bob", "ghost")
            + Rfc2307.groupOfDns("team", Rfc2307.dn("svc-bee"))
            + Rfc2307.groupOfDns("k8s-tools", Rfc2307.dn("svc-ant"), "cn=team," + Rfc2307.GROUPS));
    reading =
        RealReading.of(
            server,
            DirectoryLayout.RFC2307,
            new BindCredentials(Rfc2307.READER, BindPassword.of(Rfc2307.PASSWORD)),
            ADMINS);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void toolsAndAdminsAreReadByName() {
    var snapshot = reading.read();
    assertThat(words(snapshot))
        .contains(
            "tool ant 5001:6001 /srv/svc-ant",
            "tool bee 5002:6001 /srv/svc-bee",
            "admin ada 7001:6001 /srv/ada",
            "admin bob 7002:6001 /srv/bob");
    assertThat(snapshot.held()).extracting(Held::name).contains("ghost");
  }

  @Test
  void whoIsLockedByAnAdminOrExpiredIsLocked() {
    server.change(user("svc-cat", 5003));
    for (String lock : List.of("pwdAccountLockedTime: 000001010000Z", "shadowExpire: 17000")) {
      server.change(Rfc2307.modify("svc-cat", "replace: " + lock.split(":", 2)[0] + "\n" + lock));
      assertThat(words(reading.read())).as(lock).contains("tool cat 5003:6001 /srv/svc-cat locked");
      server.change(Rfc2307.modify("svc-cat", "delete: " + lock.split(":", 2)[0]));
      assertThat(words(reading.read()))
          .as("after " + lock)
          .contains("tool cat 5003:6001 /srv/svc-cat");
    }
    for (String none : List.of("shadowExpire: -1", "shadowExpire: 99999", "shadowExpire: 90000")) {
      server.change(Rfc2307.modify("svc-cat", "replace: shadowExpire\n" + none));
      assertThat(words(reading.read())).as(none).contains("tool cat 5003:6001 /srv/svc-cat");
    }
  }

  @Test
  void aLockoutByWrongPasswordsLocksNobody() {
    server.change(user("svc-dog", 5004));
    for (int i = 0; i < 3; i++) {
      assertThat(server.canBind(Rfc2307.dn("svc-dog"), "wrong")).isFalse();
    }
    assertThat(server.canBind(Rfc2307.dn("svc-dog"), "password of svc-dog"))
        .as("it is locked out")
        .isFalse();

    assertThat(words(reading.read())).contains("tool dog 5004:6001 /srv/svc-dog");
  }

  @Test
  void groupsOfDnsAreFollowed() {
    var tools =
        new RealReading(
            reading.settings(),
            DirectoryLayout.RFC2307BIS,
            "(uid=svc-*)",
            "svc-",
            Optional.of(Group.of(TOOLS, Membership.MEMBERS)),
            Group.of(TOOLS, Membership.MEMBERS));
    assertThat(words(tools.read()))
        .filteredOn(words -> words.startsWith("tool "))
        .containsExactlyInAnyOrder(
            "tool ant 5001:6001 /srv/svc-ant", "tool bee 5002:6001 /srv/svc-bee");
  }

  @Test
  void threeThousandToolsComeInPages() {
    server.change(
        IntStream.range(0, 3000)
            .mapToObj(i -> user("svc-many" + i, 20_000 + i))
            .collect(joining()));
    assertThat(words(reading.read()))
        .filteredOn(words -> words.startsWith("tool many"))
        .hasSize(3000)
        .doesNotHaveDuplicates();
  }

  @Test
  void startTlsIsSpokenWithTheServersOwnAuthorityAndNoOther() {
    assertThat(words(reading.withStartTls(server, true).read()))
        .contains("tool ant 5001:6001 /srv/svc-ant");
    assertThatThrownBy(reading.withStartTls(server, false)::read)
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("directory.trustedCa");
  }

  @Test
  void aReferralIsAFaultUnlessIgnored() {
    String elsewhere = "ou=elsewhere," + Rfc2307.PEOPLE;
    server.change(
        "\ndn: "
            + elsewhere
            + "\nobjectClass: referral\nobjectClass: extensibleObject\nou: elsewhere\n"
            + "ref: ldap://other.example.org/ou=elsewhere\n");
    try {
      reading.refusesReferrals("tool ant 5001:6001 /srv/svc-ant");
    } finally {
      server.change(
          "\ndn: " + elsewhere + "\ncontrol: 2.16.840.1.113730.3.4.2 true\nchangetype: delete\n");
    }
  }

  @Test
  void aServerThatIsKilledIsAFaultAndIsReadWhenItIsBack() {
    reading.survivesAKill(
        server, "tool ant 5001:6001 /srv/svc-ant", "admin ada 7001:6001 /srv/ada");
  }

  @Test
  void aMisspeltLockIsRefused() {
    assertThatThrownBy(reading.with(reading.settings().withRequired(Set.of("shadowExpires")))::read)
        .hasMessageContaining("its schema has no attribute \"shadowExpires\"");
    assertThat(
            words(
                reading
                    .with(
                        reading
                            .settings()
                            .withRequired(
                                Set.of("shadowExpire", "pwdAccountLockedTime", "memberUid")))
                    .read()))
        .isNotEmpty();
  }

  private static String user(String uid, int uidNumber) {
    return Rfc2307.user(uid, uidNumber, 6001, "/srv/" + uid);
  }
}
