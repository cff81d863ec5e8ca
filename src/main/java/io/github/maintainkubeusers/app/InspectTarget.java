package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Service.SecretLocation;
import io.github.maintainkubeusers.cluster.ServerAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where to look for certificates. */
sealed interface InspectTarget {
  /** Standard input. */
  record Input() implements InspectTarget {}

  /** A certificate, several, or a kubeconfig. */
  record InFile(Path path) implements InspectTarget {}

  record Server(String host, int port) implements InspectTarget {
    static Server of(ServerAddress address) {
      return new Server(address.host(), address.port());
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  record InSecret(SecretLocation where) implements InspectTarget {}

  record OfAccount(AccountId id) implements InspectTarget {}

  Pattern ACCOUNT = Pattern.compile("(tool|admin|service):(.+)");
  Pattern SECRET = Pattern.compile("secret/([a-z0-9-]+)/([a-z0-9.-]+)");
  Pattern SERVER = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");
  int LAST_PORT = 65_535;

  /**
   * Takes what looks like nothing else for a file; one of such a name is written {@code ./tool:x}.
   *
   * @throws IllegalArgumentException when a name or port in it is not valid
   */
  static InspectTarget parse(String text) {
    if (text.equals("-")) {
      return new Input();
    }
    Matcher account = ACCOUNT.matcher(text);
    if (account.matches()) {
      AccountKind kind = AccountKind.valueOf(account.group(1).toUpperCase(Locale.ROOT));
      return new OfAccount(AccountId.of(kind, account.group(2)));
    }
    Matcher secret = SECRET.matcher(text);
    if (secret.matches()) {
      return new InSecret(new SecretLocation(secret.group(1), secret.group(2)));
    }
    return SERVER.matcher(text).matches() ? server(text) : new InFile(Path.of(text));
  }

  /**
   * @throws IllegalArgumentException when the text is not {@code HOST:PORT}
   */
  static Server server(String text) {
    Matcher server = SERVER.matcher(text);
    if (!server.matches() || Integer.parseInt(server.group(3)) > LAST_PORT) {
      throw new IllegalArgumentException(
          "'" + text + "' is not HOST:PORT with a port up to " + LAST_PORT);
    }
    return new Server(
        server.group(1) == null ? server.group(2) : server.group(1),
        Integer.parseInt(server.group(3)));
  }
}
