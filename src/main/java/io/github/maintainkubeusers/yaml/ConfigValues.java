package io.github.maintainkubeusers.yaml;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the usual values look like in a configuration file. */
final class ConfigValues {
  /** Without a zero in front, which some readers take for octal. */
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  private ConfigValues() {}

  static boolean isNull(YamlNode node) {
    return node instanceof YamlScalar scalar && scalar.isNull();
  }

  static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(SafeText.quoted(text) + " is not true or false");
    };
  }

  static int integer(String text, int min, int max) {
    if (!INTEGER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          SafeText.quoted(text) + " is not a whole number between " + min + " and " + max);
    }
    long number = Long.parseLong(text);
    if (number < min || number > max) {
      throw new IllegalArgumentException(number + " is not between " + min + " and " + max);
    }
    return (int) number;
  }

  static Duration duration(String text, Duration min, Duration max) {
    var duration = Durations.parse(text);
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          text + " is not between " + Durations.format(min) + " and " + Durations.format(max));
    }
    return duration;
  }

  static <E extends Enum<E>> E choice(String text, Class<E> type) {
    var constants = Arrays.asList(type.getEnumConstants());
    var labels = constants.stream().map(ConfigValues::label).toList();
    if (!labels.contains(text)) {
      throw new IllegalArgumentException(
          SafeText.quoted(text)
              + " is not one of "
              + String.join(", ", labels)
              + Suggestion.forWord(text, labels));
    }
    return constants.get(labels.indexOf(text));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
