package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.account.InvalidValueException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What values look like that several sections have. */
final class Forms {
  /** RFC 1123. */
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Only what a URI can have, so that reading it as one does not fail. */
  private static final Pattern HTTPS =
      Pattern.compile(
          "https://([-A-Za-z0-9.]+|\\[[0-9a-fA-F:]+\\])(:[0-9]{1,5})?(/[-A-Za-z0-9._~/]*)?");

  private Forms() {}

  static Path path(String text) {
    return checked(
        text, !text.isBlank() && text.indexOf(0) < 0, "is not the path of a file", Path::of);
  }

  static String httpsUrl(String text) {
    return checked(
        text,
        HTTPS.matcher(text).matches() && URI.create(text).getHost() != null,
        "is not a URL like https://HOST:PORT");
  }

  static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  /** All addresses of the machine where none is given; empty for port 0, which is none. */
  static Optional<InetSocketAddress> listen(Optional<InetAddress> address, int port) {
    return Optional.of(port)
        .filter(number -> number > 0)
        .map(
            number ->
                address
                    .map(given -> new InetSocketAddress(given, number))
                    .orElseGet(() -> new InetSocketAddress(number)));
  }

  /** A number, so that nobody is asked for a name. */
  static InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(
          InvalidValueException.quoted(text) + " is not an IP address", e);
    }
  }

  static String notBlank(String text) {
    if (text.isBlank()) {
      throw new InvalidValueException("is empty");
    }
    return text;
  }

  static String checked(String text, boolean good, String fault) {
    return checked(text, good, fault, Function.identity());
  }

  /**
   * @param fault follows the text in the message
   */
  static <T> T checked(String text, boolean good, String fault, Function<String, T> value) {
    if (!good) {
      throw new InvalidValueException(InvalidValueException.quoted(text) + " " + fault);
    }
    return value.apply(text);
  }
}
