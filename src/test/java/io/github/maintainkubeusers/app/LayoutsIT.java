package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.testing.ActiveDirectory;
import io.github.maintainkubeusers.testing.FreeIpa;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.RealDirectory;
import io.github.maintainkubeusers.testing.RealDirectory.Make;
import io.github.maintainkubeusers.testing.Rfc2307;
import io.github.maintainkubeusers.testing.RootOnly;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The program with directories that are not Toolforge's, configured as docs/directories.md has it.
 */
@RootOnly
@ExtendWith(WorldExtension.class)
class LayoutsIT {
  private static final int REFUSED = 3;

  @Test
  void freeIpasAccountsAreProvisionedDisabledAndEnabledAgain(World world) throws IOException {
    assumeTrue(Make.DS389.canRun(), Make.DS389.absence());
    try (RealDirectory server = RealDirectory.start(Make.DS389)) {
      server.change(FreeIpa.tree());
      server.change(
          user(world, "ipa-ant", 5001)
              + user(world, "ipa-bee", 5002)
              + FreeIpa.user("grace", 7001, 7001, world.adminHome("grace").toString())
              + FreeIpa.group("team", "uid=grace," + FreeIpa.USERS)
              + FreeIpa.group("k8s-admins", "cn=team," + FreeIpa.GROUPS));
      world.connect(server, "freeipa", FreeIpa.READER, FreeIpa.PASSWORD);

      assertThat(world.run("plan").output())
          .contains("Read 2 tools, 1 admins from " + server.url(), "tool ipa-ant: new");
      ProgramRun run = world.run("--once");

      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output()).contains("3 done");
      assertThat(owner(world.toolHome("ipa-ant"))).isEqualTo("5001:6001 2750");
      assertThat(owner(world.toolHome("ipa-ant").resolve(".toolskube/client.key")))
          .isEqualTo("5001:6001 400");
      assertThat(configMaps(world, "ipa-ant")).isTrue();
      assertThat(group(world, "ipa-ant")).isEqualTo("6001");
      assertThat(world.kubectl(world.adminHome("grace")).get("get", "namespaces"))
          .contains("tool-ipa-ant");

      server.change(FreeIpa.replace("svc-ipa-ant", "nsAccountLock: TRUE"));
      ProgramRun disabled = world.run("--once");
      assertThat(disabled.status()).as(disabled.output()).isZero();
      assertThat(disabled.output()).contains("Read 2 tools (1 disabled), 1 admins");
      assertThat(configMaps(world, "ipa-ant")).isFalse();
      assertThat(configMaps(world, "ipa-bee")).isTrue();

      server.change(FreeIpa.replace("svc-ipa-ant", "nsAccountLock: FALSE"));
      assertThat(world.run("--once").status()).isZero();
      assertThat(configMaps(world, "ipa-ant")).isTrue();

      theLastAdminsAreNotTakenAway(world, server);
    }
  }

  private static void theLastAdminsAreNotTakenAway(World world, RealDirectory server) {
    server.change("\ndn: cn=team," + FreeIpa.GROUPS + "\nchangetype: modify\ndelete: member\n");

    ProgramRun run = world.run("--once");

    assertThat(run.status()).as(run.output()).isEqualTo(REFUSED);
    assertThat(run.output())
        .contains(
            "There are no admins in the directory at " + server.url(),
            "every admin that has access (1) would lose it");
    assertThat(world.kubectl(world.adminHome("grace")).get("get", "namespaces"))
        .contains("tool-ipa-ant");
  }

  @Test
  void activeDirectorysAccountsAreProvisionedAndTheDisabledAreNot(World world) throws IOException {
    assumeTrue(Make.SAMBA.canRun(), Make.SAMBA.absence());
    try (RealDirectory server = RealDirectory.start(Make.SAMBA)) {
      server.change(
          ActiveDirectory.reader()
              + member(world, "Ant the Tool", "AD-Ant", ActiveDirectory.NORMAL, 5001)
              + member(world, "Bee", "ad-bee", ActiveDirectory.NORMAL, 5002)
              + member(world, "Cat", "ad-cat", ActiveDirectory.DISABLED, 5003)
              + ActiveDirectory.user(
                  "Alan Turing",
                  "Alan",
                  7001,
                  7001,
                  world.adminHome("alan").toString(),
                  "userAccountControl: " + ActiveDirectory.NORMAL)
              + ActiveDirectory.group("team", "CN=Alan Turing," + ActiveDirectory.USERS)
              + ActiveDirectory.group("k8s-admins", "CN=team," + ActiveDirectory.USERS)
              + ActiveDirectory.group(
                  "k8s-tools",
                  "CN=Ant the Tool," + ActiveDirectory.USERS,
                  "CN=Bee," + ActiveDirectory.USERS,
                  "CN=Cat," + ActiveDirectory.USERS));
      world.connect(server, "ad", ActiveDirectory.READER, ActiveDirectory.PASSWORD);

      ProgramRun run = world.run("--once");

      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output())
          .contains("Read 3 tools (1 disabled), 1 admins from " + server.url(), "3 done");
      assertThat(configMaps(world, "ad-ant")).isTrue();
      assertThat(world.kubectl(world.adminHome("alan")).get("get", "namespaces"))
          .contains("tool-ad-bee");
      assertThat(owner(world.toolHome("ad-ant"))).isEqualTo("5001:6001 2750");
      assertThat(world.toolHome("ad-cat")).doesNotExist();

      server.change(
          ActiveDirectory.replace("Bee", "userAccountControl: " + ActiveDirectory.DISABLED));
      assertThat(world.run("--once").status()).isZero();
      assertThat(configMaps(world, "ad-bee")).isFalse();
      assertThat(configMaps(world, "ad-ant")).isTrue();
    }
  }

  @Test
  void openLdapsAccountsAreTheSameByNameAndByDn(World world) {
    assumeTrue(Make.OPENLDAP.canRun(), Make.OPENLDAP.absence());
    try (RealDirectory server = RealDirectory.start(Make.OPENLDAP)) {
      server.change(
          Rfc2307.units()
              + Rfc2307.user("svc-ldap-ant", 5001, 6001, world.toolHome("ldap-ant").toString())
              + Rfc2307.user("svc-ldap-bee", 5002, 6001, world.toolHome("ldap-bee").toString())
              + Rfc2307.user("grace", 7001, 7001, world.adminHome("grace").toString())
              + Rfc2307.groupOfNames("k8s-admins", "grace")
              + Rfc2307.groupOfDns(
                  "k8s-tools", Rfc2307.dn("svc-ldap-ant"), Rfc2307.dn("svc-ldap-bee"))
              + Rfc2307.groupOfDns("k8s-roots", Rfc2307.dn("grace")));
      world.connect(server, "rfc2307", Rfc2307.READER, Rfc2307.PASSWORD);

      ProgramRun run = world.run("--once");

      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output()).contains("Read 2 tools, 1 admins from " + server.url(), "3 done");
      assertThat(configMaps(world, "ldap-ant")).isTrue();
      assertThat(world.kubectl(world.adminHome("grace")).get("get", "namespaces"))
          .contains("tool-ldap-bee");

      world.connect(server, "rfc2307bis", Rfc2307.READER, Rfc2307.PASSWORD);
      assertThat(world.run("plan").output())
          .contains("Read 2 tools, 1 admins from " + server.url(), "3 accounts need nothing");
    }
  }

  private static String user(World world, String tool, int uid) {
    return FreeIpa.user("svc-" + tool, uid, 6001, world.toolHome(tool).toString());
  }

  private static String member(World world, String cn, String account, int control, int uid) {
    String home = world.toolHomes().resolve(account.toLowerCase(Locale.ROOT)).toString();
    return ActiveDirectory.user(cn, account, uid, 6001, home, "userAccountControl: " + control);
  }

  /** By which pods are admitted. */
  private static String group(World world, String tool) {
    return world
        .plane()
        .kubectl()
        .get(
            "get",
            "namespace",
            "tool-" + tool,
            "-o",
            "jsonpath={.metadata.annotations.maintain-kubeusers/gid}");
  }

  private static boolean configMaps(World world, String tool) {
    Kubectl kubectl = world.kubectl(world.toolHome(tool));
    return kubectl.run("get", "configmaps").succeeded();
  }

  private static String owner(Path path) throws IOException {
    return "%s:%s %o"
        .formatted(
            Files.getAttribute(path, "unix:uid"),
            Files.getAttribute(path, "unix:gid"),
            (int) Files.getAttribute(path, "unix:mode") & 07777);
  }
}
