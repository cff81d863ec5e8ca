package io.github.maintainkubeusers.config;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.directory.BindCredentials;
import io.github.maintainkubeusers.directory.BindPassword;
import io.github.maintainkubeusers.directory.LdapServer;
import io.github.maintainkubeusers.directory.LdapSettings;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The LDAP connection file, {@code /etc/ldap.yaml}: servers, user, and password or passwordFile.
 */
final class LdapFile {
  private final ConfigReader reader;
  private final Path file;

  LdapFile(ConfigReader reader, Path file) {
    this.reader = reader;
    this.file = file;
  }

  /**
   * Servers and bind, the rest as it is by default; nothing when the file has errors, which are
   * reported.
   */
  Optional<LdapSettings> settings(boolean startTls) {
    reader.require("servers");
    Optional<BindCredentials> bind = bind();
    var written = new AtomicInteger();
    Optional<List<LdapServer>> servers =
        reader.list(
            "servers",
            text -> {
              written.incrementAndGet();
              return LdapServer.parse(text, startTls);
            });
    // Those that could not be read are reported and left out: what is left says nothing about the
    // list.
    if (servers.isEmpty() || servers.get().size() < written.get()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LdapSettings.of(servers.get(), bind));
    } catch (InvalidValueException e) {
      reader.error("servers", e.getMessage());
      return Optional.empty();
    }
  }

  /** Absent when the file names no user: then the bind is anonymous. */
  private Optional<BindCredentials> bind() {
    Optional<Supplier<String>> password = password();
    boolean hasPassword = reader.has("password") || reader.has("passwordFile");
    if (reader.has("user") && !hasPassword) {
      reader.error("user", "needs a password or passwordFile");
    }
    if (!reader.has("user") && hasPassword) {
      reader.error(reader.has("password") ? "password" : "passwordFile", "is given, but no user");
    }
    return reader.value(
        "user", dn -> new BindCredentials(dn, BindPassword.from(password.orElse(() -> ""))));
  }

  Optional<Supplier<String>> password() {
    Optional<Path> passwordFile =
        reader.value("passwordFile", Forms::path).map(file::resolveSibling);
    Optional<String> password = reader.secret("password");
    if (reader.has("passwordFile") && reader.has("password")) {
      reader.error("passwordFile", "and password are both given: one is enough");
    }
    if (password.filter(String::isEmpty).isPresent()) {
      reader.error("password", "is empty");
    }
    return passwordFile
        .<Supplier<String>>map(source -> () -> firstLine(source))
        .or(() -> password.map(text -> () -> text));
  }

  /** Read at each connect, so that a rotated password is taken up. */
  private static String firstLine(Path source) {
    try {
      List<String> lines = Files.readAllLines(source);
      return lines.isEmpty() ? "" : lines.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the file " + quoted(source.toString()) + " cannot be read", e);
    }
  }
}
