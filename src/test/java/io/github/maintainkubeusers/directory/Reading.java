package io.github.maintainkubeusers.directory;

import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.testing.TestLdapServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** The usual ways of reading the test server. */
final class Reading {
  static final LdapTimeouts SHORT =
      new LdapTimeouts(Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(20));

  private Reading() {}

  static LdapSettings settings(TestLdapServer server, String... urls) {
    return settings(server, false, urls);
  }

  static LdapSettings settings(TestLdapServer server, boolean startTls, String... urls) {
    return settings(server, server.password(), startTls, urls);
  }

  static LdapSettings settings(
      TestLdapServer server, String password, boolean startTls, String... urls) {
    var servers = Stream.of(urls).map(url -> LdapServer.parse(url, startTls)).toList();
    return LdapSettings.of(
        servers, Optional.of(new BindCredentials(server.bindDn(), BindPassword.of(password))));
  }

  static LdapDirectory directory(LdapSettings settings) {
    return new LdapDirectory(
        settings, ToolSearch.ofProject("tools"), AdminSearch.ofProject("tools"), Clock.systemUTC());
  }

  static DirectorySnapshot read(LdapSettings settings) {
    try (var directory = directory(settings)) {
      return directory.read();
    }
  }

  static DirectorySnapshot read(TestLdapServer server) {
    return read(settings(server, server.url()));
  }

  static List<String> names(DirectorySnapshot snapshot) {
    return snapshot.accounts().stream().map(account -> account.id().toString()).toList();
  }

  static DirectoryException failure(LdapSettings settings) {
    return Assertions.catchThrowableOfType(DirectoryException.class, () -> read(settings));
  }

  /** Everything that a log would show of it. */
  static String trace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
