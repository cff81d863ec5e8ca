package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;
import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One server. */
public record LdapServer(String host, int port, TransportSecurity security) {
  private static final Set<String> SCHEMES = Set.of("ldap", "ldaps");

  public LdapServer {
    requireNonNull(host, "host is null");
    requireNonNull(security, "security is null");
    if (host.isEmpty()) {
      throw new InvalidValueException("the LDAP server's host name is empty");
    }
    if (port < 1 || port > 65_535) {
      throw new InvalidValueException(
          "the LDAP server's port " + port + " is not between 1 and 65535");
    }
  }

  /**
   * Reads {@code ldap://HOST[:PORT]}, {@code ldaps://HOST[:PORT]} or {@code HOST[:PORT]}.
   *
   * @param startTls whether a server that is not {@code ldaps} is spoken to with StartTLS
   */
  public static LdapServer parse(String text, boolean startTls) {
    URI uri =
        uri(text)
            .filter(LdapServer::isServer)
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "the LDAP server "
                            + quoted(text)
                            + " is none of ldap://HOST[:PORT], ldaps://HOST[:PORT], HOST[:PORT]"));
    boolean ldaps = uri.getScheme().equalsIgnoreCase("ldaps");
    TransportSecurity plain = startTls ? TransportSecurity.STARTTLS : TransportSecurity.NONE;
    int port = uri.getPort() != -1 ? uri.getPort() : ldaps ? 636 : 389;
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    return new LdapServer(host, port, ldaps ? TransportSecurity.LDAPS : plain);
  }

  @Override
  public String toString() {
    String scheme = security == TransportSecurity.LDAPS ? "ldaps://" : "ldap://";
    return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text.contains("://") ? text : "ldap://" + text));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static boolean isServer(URI uri) {
    return SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
        && uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawPath().length() <= 1;
  }
}
