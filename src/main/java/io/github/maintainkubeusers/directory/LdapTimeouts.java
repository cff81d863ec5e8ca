package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.InvalidValueException;
import java.time.Duration;

/**
 * How long to wait for a server.
 *
 * @param connect until it has taken the connection, with a TLS handshake that goes with it
 * @param response until it has answered one request
 * @param read until everything has been read from it
 */
public record LdapTimeouts(Duration connect, Duration response, Duration read) {
  private static final Duration LONGEST = Duration.ofHours(1);
  public static final LdapTimeouts DEFAULT =
      new LdapTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2));

  public LdapTimeouts {
    check("connect", connect);
    check("response", response);
    check("read", read);
  }

  private static void check(String what, Duration timeout) {
    requireNonNull(timeout, what + " is null");
    if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
      throw new InvalidValueException(
          "the LDAP " + what + " timeout " + timeout + " is not between 1 millisecond and 1 hour");
    }
  }
}
