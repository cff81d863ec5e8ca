package io.github.maintainkubeusers.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.testing.RealDirectory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Reads a real server by a layout, with nothing said but where tools and admins are. */
record RealReading(
    LdapSettings settings,
    DirectoryLayout layout,
    String filter,
    String prefix,
    Optional<Group> tools,
    Group admins) {
  static RealReading of(
      RealDirectory server, DirectoryLayout layout, BindCredentials reader, String adminGroup) {
    var settings =
        LdapSettings.of(List.of(LdapServer.parse(server.url(), false)), Optional.of(reader))
            .withReferrals(layout.referrals());
    return new RealReading(
        server.ca().map(settings::withTrustedCa).orElse(settings),
        layout,
        "(" + layout.attributes().name() + "=svc-*)",
        "svc-",
        Optional.empty(),
        Group.of(adminGroup, layout.membership()));
  }

  RealReading with(LdapSettings changed) {
    return new RealReading(changed, layout, filter, prefix, tools, admins);
  }

  /** The same by StartTLS, which trusts the server's own authority or, without one, the JVM's. */
  RealReading withStartTls(RealDirectory server, boolean trusting) {
    var startTls =
        LdapSettings.of(List.of(LdapServer.parse(server.plainUrl(), true)), settings.bind())
            .withReferrals(settings.referrals());
    return with(trusting ? startTls.withTrustedCa(server.ca().orElseThrow()) : startTls);
  }

  RealReading withTools(String group, Membership membership) {
    return new RealReading(
        settings,
        layout,
        "(objectClass=*)",
        "svc-",
        Optional.of(Group.of(group, membership)),
        admins);
  }

  RealReading withAdmins(Group changed) {
    return new RealReading(settings, layout, filter, prefix, tools, changed);
  }

  /** A server that is killed is a fault, and is read again when it is back. */
  void survivesAKill(RealDirectory server, String... expected) {
    server.kill();
    assertThatThrownBy(this::read)
        .isInstanceOf(DirectoryException.class)
        .hasMessageContaining("could not connect to " + server.url());
    server.restart();
    assertThat(words(read())).contains(expected);
  }

  /**
   * With this layout, a referral to another server is a fault unless the configuration ignores it.
   */
  void refusesReferrals(String expected) {
    assertThatThrownBy(this::read)
        .hasMessageContaining("some entries are on another server", "referrals: ignore");
    assertThat(words(with(settings.withReferrals(Referrals.IGNORE)).read())).contains(expected);
  }

  DirectorySnapshot read() {
    var toolSearch =
        new PeopleSearch(
            AccountKind.TOOL,
            "x",
            layout.peopleBase(RealDirectory.BASE),
            "(&" + layout.people() + filter + ")",
            prefix,
            tools,
            layout.attributes());
    var adminSearch =
        new PeopleSearch(
            AccountKind.ADMIN,
            "x",
            layout.peopleBase(RealDirectory.BASE),
            layout.people(),
            "",
            Optional.of(admins),
            layout.attributes());
    try (var directory = new LdapDirectory(settings, toolSearch, adminSearch, Clock.systemUTC())) {
      return directory.read();
    }
  }

  /** Each account, like {@code tool x 2001:3001 /data/project/x}, with {@code locked} after it. */
  static List<String> words(DirectorySnapshot snapshot) {
    return snapshot.accounts().stream().map(RealReading::words).toList();
  }

  private static String words(Account account) {
    return account
        + " "
        + account.uid()
        + ":"
        + account.gid()
        + " "
        + account.home()
        + (account.disabled() ? " locked" : "");
  }
}
