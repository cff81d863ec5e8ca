package io.github.maintainkubeusers.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.directory.AccountAttributes;
import io.github.maintainkubeusers.directory.AdminSearch;
import io.github.maintainkubeusers.directory.DirectoryLayout;
import io.github.maintainkubeusers.directory.Group;
import io.github.maintainkubeusers.directory.Locks;
import io.github.maintainkubeusers.directory.Membership;
import io.github.maintainkubeusers.directory.NoSearch;
import io.github.maintainkubeusers.directory.PeopleSearch;
import io.github.maintainkubeusers.directory.Referrals;
import io.github.maintainkubeusers.directory.ToolSearch;
import io.github.maintainkubeusers.home.HomeSettings;
import io.github.maintainkubeusers.testing.Documented;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a layout stands for, and what can be said above it. */
class LayoutSettingsTest {
  private static final Locks RFC2307 =
      Locks.parse(List.of("pwdAccountLockedTime=000001010000Z", "shadowExpire<NOW"));

  @Test
  void whatTheDocumentationSaysCanBeRead() {
    List<String> examples = Documented.directories();
    assertThat(examples).hasSizeGreaterThan(DirectoryLayout.values().length);
    for (String example : examples) {
      boolean isConnection = example.startsWith("# /etc/ldap.yaml");
      ConfigReader config = reader(isConnection ? "" : example);
      ConfigReader ldap = reader(isConnection ? example : "servers: [a]");
      Object _ =
          new ConfigFile(config, CommandLineArguments.NONE)
              .read(new LdapFile(ldap, Path.of("ldap")));
      config.finish();
      ldap.finish();
    }
    for (DirectoryLayout layout : DirectoryLayout.values()) {
      assertThat(Documented.directory(layout.label()))
          .as("an example for " + layout.label())
          .isNotEmpty();
    }
    assertThat(read("layout: toolforge\nbase: dc=wikimedia,dc=org", "").tools())
        .isEqualTo(read("{}", "").tools());
  }

  @Test
  void toolforgeIsTheDefaultBelowAnyBase() {
    Settings settings = read("base: dc=lab", "");

    assertThat(settings.tools())
        .isEqualTo(
            new ToolSearch(
                "tools",
                "ou=people,ou=servicegroups,dc=lab",
                "(&(objectClass=posixAccount)(cn=PROJECT.*))",
                "PROJECT.",
                AccountAttributes.named("cn")));
    assertThat(settings.admins())
        .isEqualTo(
            new AdminSearch(
                "tools",
                "ou=servicegroups,dc=lab",
                "(&(objectClass=posixGroup)(cn=PROJECT.admin))",
                "member",
                "ou=people,dc=lab",
                AccountAttributes.named("uid")));
    assertThat(settings.ldap().referrals()).isEqualTo(Referrals.FAIL);
    assertThat(settings.homes().modes()).isEqualTo(HomeSettings.MODES);
  }

  @Test
  void eachLayoutNeedsAFewLines() {
    assertThat(tools("layout: rfc2307"))
        .isEqualTo(
            tools(
                "dc=lab",
                "(objectClass=posixAccount)",
                Membership.NAMES,
                new AccountAttributes(
                    "uid", "uidNumber", "gidNumber", "homeDirectory", RFC2307, false)));
    assertThat(tools("layout: rfc2307bis"))
        .isEqualTo(
            tools(
                "dc=lab",
                "(objectClass=posixAccount)",
                Membership.MEMBERS,
                new AccountAttributes(
                    "uid", "uidNumber", "gidNumber", "homeDirectory", RFC2307, false)));
    assertThat(tools("layout: freeipa"))
        .isEqualTo(
            tools(
                "cn=users,cn=accounts,dc=lab",
                "(objectClass=posixAccount)",
                Membership.MEMBER_OF,
                new AccountAttributes(
                    "uid",
                    "uidNumber",
                    "gidNumber",
                    "homeDirectory",
                    Locks.parse(List.of("nsAccountLock=TRUE", "krbPrincipalExpiration<NOW")),
                    false)));
    assertThat(tools("layout: ad"))
        .isEqualTo(
            tools(
                "dc=lab",
                "(&(objectCategory=person)(objectClass=user))",
                Membership.MEMBER_OF_CHAIN,
                new AccountAttributes(
                    "sAMAccountName",
                    "uidNumber",
                    "gidNumber",
                    "unixHomeDirectory",
                    Locks.parse(List.of("userAccountControl&2", "accountExpires<NOW")),
                    true)));
  }

  @Test
  void whatIsSaidOfTheDirectoryHoldsForBothKindsAndWhatIsSaidOfAKindComesFirst() {
    Settings settings =
        read(
            """
            layout: ad
            base: dc=lab
            referrals: fail
            people: (objectClass=user)
            attributes: {gid: "=uid", home: /data/NAME}
            lowerCase: false
            locks: [userAccountControl&2]
            tools: {base: "ou=bots,dc=lab", filter: (cn=b*), prefix: b-, attributes: {name: cn}}
            admins: {group: "cn=roots,dc=lab", membership: members, memberAttribute: uniqueMember,
                     attributes: {home: unixHomeDirectory, locks: []}}
            """,
            "homes: {toolMode: 2770}");

    assertThat(settings.tools())
        .isEqualTo(
            new PeopleSearch(
                AccountKind.TOOL,
                "tools",
                "ou=bots,dc=lab",
                "(&(objectClass=user)(cn=b*))",
                "b-",
                Optional.empty(),
                new AccountAttributes(
                    "cn",
                    "uidNumber",
                    "=uid",
                    "/data/NAME",
                    Locks.parse(List.of("userAccountControl&2")),
                    false)));
    assertThat(settings.admins())
        .isEqualTo(
            new PeopleSearch(
                AccountKind.ADMIN,
                "tools",
                "dc=lab",
                "(objectClass=user)",
                "",
                Optional.of(new Group("cn=roots,dc=lab", Membership.MEMBERS, "uniqueMember")),
                new AccountAttributes(
                    "sAMAccountName",
                    "uidNumber",
                    "=uid",
                    "unixHomeDirectory",
                    Locks.parse(List.of()),
                    false)));
    assertThat(settings.ldap().referrals()).isEqualTo(Referrals.FAIL);
    assertThat(settings.homes().modes())
        .isEqualTo(Map.of(AccountKind.TOOL, 02770, AccountKind.ADMIN, 02700));
  }

  @Test
  void whatIsWrittenMustBeInTheSchemaAndWhatALayoutStandsForNeedNot() {
    assertThat(
            read("layout: freeipa\nbase: dc=lab\ntools: {filter: (a=b)}\nadmins: none", "")
                .ldap()
                .required())
        .isEmpty();
    assertThat(
            read(
                    """
                    attributes: {uid: employeeNumber, gid: "=uid", home: /srv/NAME}
                    locks: [nsAccountLock=TRUE]
                    tools: {attributes: {name: ou, locks: [locked]}}
                    admins: {memberAttribute: uniqueMember}
                    """,
                    "")
                .ldap()
                .required())
        .containsExactlyInAnyOrder(
            "employeeNumber", "nsAccountLock", "ou", "locked", "uniqueMember");
  }

  @Test
  void thereNeedBeNoAdmins() {
    assertThat(read("admins: none", "").admins()).isEqualTo(new NoSearch("tools"));
  }

  @Test
  void homesAreNotForTheirGroupToWriteWhereGroupsMayBeShared() {
    assertThat(
            read("layout: ad\nbase: dc=lab\nadmins: none\ntools: {filter: (a=b)}", "")
                .homes()
                .modes())
        .isEqualTo(Map.of(AccountKind.TOOL, 02750, AccountKind.ADMIN, 02700));
  }

  private static Object tools(String layout) {
    return read(layout + "\nbase: dc=lab\nadmins: none\ntools: {group: cn=tools}", "").tools();
  }

  private static PeopleSearch tools(
      String base, String filter, Membership membership, AccountAttributes attributes) {
    return new PeopleSearch(
        AccountKind.TOOL,
        "tools",
        base,
        filter,
        "",
        Optional.of(Group.of("cn=tools", membership)),
        attributes);
  }

  private static Settings read(String directory, String more) {
    String text = "directory:\n" + directory.strip().indent(2) + more + "\n";
    ConfigReader config = reader(text);
    Settings settings =
        new ConfigFile(config, CommandLineArguments.NONE)
            .read(new LdapFile(reader("servers: [a]"), Path.of("ldap")));
    config.finish();
    return settings;
  }

  private static ConfigReader reader(String text) {
    return ConfigReader.of("file", text.getBytes(StandardCharsets.UTF_8));
  }
}
