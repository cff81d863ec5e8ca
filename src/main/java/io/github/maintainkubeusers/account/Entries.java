package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the name and value pairs that records are stored as. */
final class Entries {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

  /** X.509 has years of four digits (RFC 5280, section 4.1.2.5). */
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private Entries() {}

  /**
   * @throws InvalidValueException naming the entry when it is missing or unreadable
   */
  static <T> T read(Map<String, String> entries, String name, Function<String, T> parser) {
    return optional(entries, name, parser)
        .orElseThrow(() -> new InvalidValueException("the record has no " + name));
  }

  /**
   * @throws InvalidValueException naming the entry when it is unreadable
   */
  static <T> Optional<T> optional(
      Map<String, String> entries, String name, Function<String, T> parser) {
    String text = entries.get(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text));
    } catch (InvalidValueException e) {
      throw new InvalidValueException("the record's " + name + " is invalid: " + e.getMessage(), e);
    } catch (DateTimeException e) {
      throw new InvalidValueException(
          "the record's " + name + " " + InvalidValueException.quoted(text) + " is not a time", e);
    }
  }

  static int number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new InvalidValueException(
          InvalidValueException.quoted(text) + " is not a number between 0 and 999999999");
    }
    return Integer.parseInt(text);
  }

  static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new InvalidValueException(
              InvalidValueException.quoted(text) + " is neither true nor false");
    };
  }

  static void requireTime(Instant time, String name) {
    requireNonNull(time, () -> name + " is null");
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new InvalidValueException(
          "the record's "
              + name
              + " "
              + InvalidValueException.quoted(time.toString())
              + " is not between the years 0 and 9999");
    }
  }
}
