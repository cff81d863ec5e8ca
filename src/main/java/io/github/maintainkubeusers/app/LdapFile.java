package io.github.maintainkubeusers.app;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.maintainkubeusers.directory.BindCredentials;
import io.github.maintainkubeusers.directory.BindPassword;
import io.github.maintainkubeusers.directory.LdapServer;
import io.github.maintainkubeusers.yaml.ConfigReader;

/** The LDAP connection file, {@code /etc/ldap.yaml}: servers, user, and password or passwordFile. */
final class LdapFile {
    private final ConfigReader reader;
    private final Path file;

    LdapFile(ConfigReader reader, Path file) {
        this.reader = reader;
        this.file = file;
    }

    List<LdapServer> servers(boolean startTls) {
        reader.require("servers");
        return reader.list("servers", text -> LdapServer.parse(text, startTls)).orElse(List.of());
    }

    /** Absent when the file names no user: then the bind is anonymous. */
    Optional<BindCredentials> bind() {
        Optional<Supplier<String>> password = password();
        Optional<String> user = reader.string("user");
        if (user.isPresent() && password.isEmpty()) {
            reader.error("user", "needs a password or passwordFile");
            return Optional.empty();
        }
        return reader.value("user", dn -> new BindCredentials(dn, BindPassword.from(password.orElseThrow())));
    }

    private Optional<Supplier<String>> password() {
        Optional<Path> passwordFile = reader.string("passwordFile").map(name -> file.resolveSibling(name));
        Optional<String> password = reader.secret("password");
        if (passwordFile.isPresent() && password.isPresent()) {
            reader.error("passwordFile", "and password are both given: one is enough");
        }
        return passwordFile.<Supplier<String>>map(source -> () -> firstLine(source))
                .or(() -> password.map(text -> () -> text));
    }

    /** Read at each connect, so that a rotated password is taken up. */
    private static String firstLine(Path source) {
        try {
            List<String> lines = Files.readAllLines(source);
            return lines.isEmpty() ? "" : lines.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + quoted(source.toString()) + " cannot be read", e);
        }
    }
}
