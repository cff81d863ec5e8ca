package io.github.maintainkubeusers.app;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses by labels, with what kubectl's {@code -l} has for equality: {@code a=b}, {@code a==b},
 * {@code a!=b}, {@code a}, {@code !a}, joined by commas, all of which must hold.
 */
record LabelSelector(List<Predicate<Map<String, String>>> requirements) {
  private static final Pattern EQUALITY =
      Pattern.compile("([-A-Za-z0-9_./]{1,317})(==|=|!=)([-A-Za-z0-9_.]{0,63})");
  private static final Pattern EXISTENCE = Pattern.compile("(!?)([-A-Za-z0-9_./]{1,317})");

  /**
   * @throws IllegalArgumentException when the text is no such selector
   */
  static LabelSelector parse(String text) {
    return new LabelSelector(
        Arrays.stream(text.split(",", -1)).map(String::strip).map(LabelSelector::one).toList());
  }

  boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.test(labels));
  }

  private static Predicate<Map<String, String>> one(String text) {
    Matcher equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      String key = equality.group(1);
      String value = equality.group(3);
      return equality.group(2).equals("!=")
          ? labels -> !value.equals(labels.get(key))
          : labels -> value.equals(labels.get(key));
    }
    Matcher existence = EXISTENCE.matcher(text);
    if (existence.matches()) {
      String key = existence.group(2);
      return existence.group(1).isEmpty()
          ? labels -> labels.containsKey(key)
          : labels -> !labels.containsKey(key);
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a selector of labels like team=data or team!=data");
  }
}
