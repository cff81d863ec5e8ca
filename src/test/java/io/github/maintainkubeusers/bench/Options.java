package io.github.maintainkubeusers.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words after {@code bin/bench}: what to measure, and {@code --NAME=VALUE}. */
final class Options {
  private static final Pattern OPTION = Pattern.compile("--([a-z]+)=(.+)");
  private static final Set<String> NAMES =
      Set.of(
          "accounts",
          "rounds",
          "sizes",
          "refreshes",
          "minutes",
          "dir",
          "homes",
          "services",
          "rotations");
  private static final String ALL = "all";
  private static final Set<String> BENCHMARKS =
      Set.of(
          ALL,
          "plan",
          "homes",
          "onboard",
          "refresh",
          "quiet",
          "start",
          "soak",
          "hostile",
          "takeover",
          "gateway",
          "commands",
          "services");

  private static final Pattern ANY = Pattern.compile(".+");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,6}");
  private static final Pattern NUMBERS = Pattern.compile(NUMBER + "(," + NUMBER + ")*");

  private final List<String> words = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private boolean json;

  static Options parse(String... arguments) {
    var options = new Options();
    for (String argument : arguments) {
      Matcher option = OPTION.matcher(argument);
      if (argument.equals("--json")) {
        options.json = true;
      } else if (option.matches() && NAMES.contains(option.group(1))) {
        options.put(option.group(1), option.group(2));
      } else if (argument.startsWith("-")) {
        throw new IllegalArgumentException("unknown option " + argument);
      } else if (BENCHMARKS.contains(argument)) {
        options.words.add(argument);
      } else {
        throw new IllegalArgumentException("unknown benchmark " + argument);
      }
    }
    if (options.words.contains(ALL) && options.words.size() > 1) {
      throw new IllegalArgumentException("all of them, or only some");
    }
    return options;
  }

  private void put(String name, String value) {
    Pattern form =
        switch (name) {
          case "dir" -> ANY;
          case "sizes" -> NUMBERS;
          default -> NUMBER;
        };
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "--"
              + name
              + " takes "
              + (name.equals("sizes") ? "numbers" : "a number")
              + " above 0, not "
              + value);
    }
    values.put(name, value);
  }

  List<String> words() {
    return words;
  }

  boolean json() {
    return json;
  }

  String text(String name, String standard) {
    return values.getOrDefault(name, standard);
  }

  int number(String name, int standard) {
    return Integer.parseInt(values.getOrDefault(name, Integer.toString(standard)));
  }

  int[] numbers(String name, int... standard) {
    return values.containsKey(name)
        ? Arrays.stream(values.get(name).split(",", -1)).mapToInt(Integer::parseInt).toArray()
        : standard;
  }
}
