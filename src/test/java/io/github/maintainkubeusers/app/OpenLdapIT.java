package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.testing.OpenLdapServer;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.User;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class OpenLdapIT {
  @Test
  void toolsAndAdminsOfAnOpenLdapServerAreProvisionedAndALockedOneIsNot(World world)
      throws IOException {
    assumeTrue(OpenLdapServer.isInstalled(), "slapd is not installed");
    var tools =
        List.of(
            tool(world, "open-one", 50_001, false),
            tool(world, "open-two", 50_002, false),
            tool(world, "open-locked", 50_003, true));
    var admins = List.of(new OpenLdapServer.Admin("olga", uid(60_001), world.adminHome("olga")));
    try (OpenLdapServer ldap =
        OpenLdapServer.start(
            Files.createDirectory(world.folder().resolve("openldap")), tools, admins)) {
      world.writeLdapFile(ldap.ldapFile());

      ProgramRun run = world.run("--once");

      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output()).contains("4 accounts", "3 done", "1 unchanged", "0 pending");
      assertThat(world.kubectl(world.toolHome("open-two")).get("get", "configmaps"))
          .contains("maintain-kubeusers");
      assertThat(world.kubectl(world.adminHome("olga")).get("get", "namespaces"))
          .contains("tool-open-one");
      assertThat(world.toolHome("open-locked")).doesNotExist();
    }
  }

  @Test
  void aBindUserThatLostItsRightToReadFindsNothingAndNobodyIsRemoved(World world)
      throws IOException {
    assumeTrue(OpenLdapServer.isInstalled(), "slapd is not installed");
    var tools = List.of(tool(world, "kept", 50_001, false));
    var admins = List.of(new OpenLdapServer.Admin("olga", uid(60_001), world.adminHome("olga")));
    try (OpenLdapServer ldap =
        OpenLdapServer.start(
            Files.createDirectory(world.folder().resolve("readable")), tools, admins)) {
      world.writeLdapFile(ldap.ldapFile());
      assertThat(world.run("--once").status()).isZero();
    }
    try (OpenLdapServer ldap =
        OpenLdapServer.start(
            Files.createDirectory(world.folder().resolve("unreadable")), tools, admins, "search")) {
      world.writeLdapFile(ldap.ldapFile());

      ProgramRun run = world.run("--once");

      assertThat(run.status()).as(run.output()).isEqualTo(1);
      assertThat(world.kubectl(world.toolHome("kept")).run("get", "configmaps").succeeded())
          .isTrue();
      assertThat(world.kubectl(world.adminHome("olga")).run("get", "namespaces").succeeded())
          .isTrue();
    }
  }

  private static OpenLdapServer.Tool tool(World world, String name, int uid, boolean locked) {
    return new OpenLdapServer.Tool(name, uid(uid), world.toolHome(name), locked);
  }

  private static int uid(int uid) {
    return User.isRoot() ? uid : User.uid();
  }
}
