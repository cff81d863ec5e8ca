package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.directory.RealReading.words;
import static io.github.maintainkubeusers.testing.ActiveDirectory.DISABLED;
import static io.github.maintainkubeusers.testing.ActiveDirectory.NORMAL;
import static io.github.maintainkubeusers.testing.ActiveDirectory.USERS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.testing.ActiveDirectory;
import io.github.maintainkubeusers.testing.RealDirectory;
import io.github.maintainkubeusers.testing.RealDirectory.Make;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Samba as an Active Directory domain controller. */
class ActiveDirectoryIT {
  private static final String ADMINS = "CN=k8s-admins," + USERS;
  private static final BindCredentials READER =
      new BindCredentials(ActiveDirectory.READER, BindPassword.of(ActiveDirectory.PASSWORD));
  private static RealDirectory server;
  private static RealReading reading;

  @BeforeAll
  static void start() {
    assumeTrue(Make.SAMBA.canRun(), Make.SAMBA.absence());
    server = RealDirectory.start(Make.SAMBA);
    server.change(
        ActiveDirectory.reader()
            + user("Ant, the Tool", "svc-Ant", 5001)
            + user("Bee", "svc-bee", 5002)
            + user("Ada Lovelace", "Ada", 7001)
            + user("Bob", "bob", 7002)
            + ActiveDirectory.group("team", "CN=Ada Lovelace," + USERS, "CN=Bob," + USERS)
            + ActiveDirectory.group("k8s-admins", "CN=team," + USERS)
            + ActiveDirectory.group(
                "k8s-tools", "CN=Ant\\, the Tool," + USERS, "CN=team," + USERS));
    reading = RealReading.of(server, DirectoryLayout.AD, READER, ADMINS);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void toolsAndAdminsAreReadByAccountNameInSmallLetters() {
    assertThat(words(reading.read()))
        .contains(
            "tool ant 5001:6001 /srv/svc-Ant",
            "tool bee 5002:6001 /srv/svc-bee",
            "admin ada 7001:6001 /srv/Ada",
            "admin bob 7002:6001 /srv/bob");
  }

  @Test
  void whoIsDisabledOrExpiredIsLockedUntilEnabledAgain() {
    server.change(user("Cat", "svc-cat", 5003));
    for (String lock :
        List.of("userAccountControl: " + DISABLED, "accountExpires: 132000000000000000")) {
      server.change(ActiveDirectory.replace("Cat", lock));
      assertThat(words(reading.read())).as(lock).contains("tool cat 5003:6001 /srv/svc-cat locked");
      server.change(
          ActiveDirectory.replace("Cat", "userAccountControl: " + NORMAL)
              + ActiveDirectory.replace("Cat", "accountExpires: 0"));
      assertThat(words(reading.read()))
          .as("after " + lock)
          .contains("tool cat 5003:6001 /srv/svc-cat");
    }
    for (String none :
        List.of(
            "accountExpires: 9223372036854775807",
            "accountExpires: 159000000000000000",
            "userAccountControl: 66048")) {
      server.change(ActiveDirectory.replace("Cat", none));
      assertThat(words(reading.read())).as(none).contains("tool cat 5003:6001 /srv/svc-cat");
    }
  }

  @Test
  void aDisabledAdminIsNone() {
    server.change(
        user("Eve", "eve", 7003)
            + "\ndn: CN=team,"
            + USERS
            + "\nchangetype: modify\nadd: member\nmember: CN=Eve,"
            + USERS
            + "\n");
    assertThat(words(reading.read())).contains("admin eve 7003:6001 /srv/eve");
    server.change(ActiveDirectory.replace("Eve", "userAccountControl: " + DISABLED));
    assertThat(words(reading.read())).contains("admin eve 7003:6001 /srv/eve locked");
  }

  @Test
  void membersMayBeFollowedThroughGroupsInstead() {
    var byMembers = reading.withAdmins(Group.of(ADMINS, Membership.MEMBERS));
    assertThat(words(byMembers.read()))
        .contains("admin ada 7001:6001 /srv/Ada", "admin bob 7002:6001 /srv/bob");
  }

  @Test
  void toolsMayBeThoseOfAGroup() {
    for (Membership membership : List.of(Membership.MEMBERS, Membership.MEMBER_OF_CHAIN)) {
      assertThat(words(reading.withTools("CN=k8s-tools," + USERS, membership).read()))
          .as(membership.toString())
          .contains("tool ant 5001:6001 /srv/svc-Ant")
          .doesNotContain("tool bee 5002:6001 /srv/svc-bee");
    }
  }

  @Test
  void threeThousandToolsComeInPages() {
    server.change(
        IntStream.range(0, 3000)
            .mapToObj(i -> user("Many" + i, "svc-many" + i, 20_000 + i))
            .collect(joining()));
    assertThat(words(reading.read()))
        .filteredOn(words -> words.startsWith("tool many"))
        .hasSize(3000)
        .doesNotHaveDuplicates();
  }

  @Test
  void whoHasNoUnixIdIsHeld() {
    server.change(
        "\ndn: CN=Windows," + USERS + "\nobjectClass: user\nsAMAccountName: svc-windows\n");
    assertThat(reading.read().held())
        .filteredOn(held -> held.name().equals("windows"))
        .extracting(Held::explanation)
        .singleElement()
        .asString()
        .contains("no value of uidNumber");
  }

  @Test
  void referralsOfTheDomainAreAFaultUnlessIgnored() {
    assertThatThrownBy(reading.with(reading.settings().withReferrals(Referrals.FAIL))::read)
        .hasMessageContaining("some entries are on another server", "referrals: ignore");
  }

  @Test
  void aPasswordWithoutTlsIsRefusedWithWhatHelps() {
    var plain =
        LdapSettings.of(List.of(LdapServer.parse(server.plainUrl(), false)), Optional.of(READER));
    assertThatThrownBy(reading.with(plain)::read)
        .hasMessageContaining("(result 8 ")
        .hasMessageContaining("say ldaps:// or 'startTls: true'");

    assertThat(words(reading.withStartTls(server, true).read()))
        .contains("tool ant 5001:6001 /srv/svc-Ant");
    assertThatThrownBy(reading.withStartTls(server, false)::read)
        .hasMessageContaining("directory.trustedCa");
  }

  @Test
  void aServerThatIsKilledIsAFaultAndIsReadWhenItIsBack() {
    reading.survivesAKill(
        server, "tool ant 5001:6001 /srv/svc-Ant", "admin ada 7001:6001 /srv/Ada");
  }

  @Test
  void attributesAreLookedUpInTheSchema() {
    assertThatThrownBy(
            reading.with(reading.settings().withRequired(Set.of("userAcountControl")))::read)
        .hasMessageContaining("its schema has no attribute \"userAcountControl\"");
    assertThat(
            words(
                reading
                    .with(
                        reading
                            .settings()
                            .withRequired(
                                Set.of(
                                    "userAccountControl",
                                    "accountExpires",
                                    "sAMAccountName",
                                    "unixHomeDirectory")))
                    .read()))
        .isNotEmpty();
  }

  private static String user(String cn, String account, int uidNumber) {
    return ActiveDirectory.user(
        cn.replace(",", "\\,"),
        account,
        uidNumber,
        6001,
        "/srv/" + account,
        "userAccountControl: " + NORMAL);
  }
}
