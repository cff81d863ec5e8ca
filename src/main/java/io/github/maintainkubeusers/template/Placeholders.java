package io.github.maintainkubeusers.template;

import static java.util.stream.Collectors.toMap;

import io.github.maintainkubeusers.account.AccountId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code $(name)} and {@code $(namespace)} in the texts of a template. They are put into texts that
 * have been read already, so that no value can become anything but text.
 */
final class Placeholders {
  static final Set<String> KNOWN = Set.of("name", "namespace");
  private static final Pattern FORM = Pattern.compile("\\$\\(([^)]*)\\)");

  private Placeholders() {}

  static boolean isIn(String text) {
    return text.contains("$(");
  }

  static boolean isIn(Object tree) {
    return switch (tree) {
      case Map<?, ?> mapping -> mapping.values().stream().anyMatch(Placeholders::isIn);
      case List<?> list -> list.stream().anyMatch(Placeholders::isIn);
      case String text -> isIn(text);
      default -> false;
    };
  }

  /** Those that mean nothing here. */
  static Set<String> unknownIn(String text) {
    var unknown = new TreeSet<String>();
    Matcher matcher = FORM.matcher(text);
    while (matcher.find()) {
      if (!KNOWN.contains(matcher.group(1))) {
        unknown.add(matcher.group(1));
      }
    }
    return unknown;
  }

  static Map<String, String> of(AccountId tool) {
    return Map.of("name", tool.name().value(), "namespace", "tool-" + tool.name());
  }

  static String fill(String text, Map<String, String> values) {
    return FORM.matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
  }

  static Map<String, Object> fill(Map<String, Object> tree, Map<String, String> values) {
    if (!isIn(tree)) {
      return tree; // the same for all tools
    }
    return tree.entrySet().stream()
        .collect(
            toMap(
                Map.Entry::getKey,
                entry -> value(entry.getValue(), values),
                (one, _) -> one,
                LinkedHashMap::new));
  }

  private static Object value(Object value, Map<String, String> values) {
    return switch (value) {
      case Map<?, ?> mapping -> {
        var filled = new LinkedHashMap<String, Object>();
        mapping.forEach((key, item) -> filled.put((String) key, value(item, values)));
        yield filled;
      }
      case List<?> list -> list.stream().map(item -> value(item, values)).toList();
      case String text -> fill(text, values);
      default -> value;
    };
  }
}
