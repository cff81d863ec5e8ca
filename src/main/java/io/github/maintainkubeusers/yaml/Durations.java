package io.github.maintainkubeusers.yaml;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Durations as people write them: {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h30m}, {@code
 * 40d}.
 */
public final class Durations {
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms",
          ChronoUnit.MILLIS,
          "s",
          ChronoUnit.SECONDS,
          "m",
          ChronoUnit.MINUTES,
          "h",
          ChronoUnit.HOURS,
          "d",
          ChronoUnit.DAYS);

  /** A number that fits, days to milliseconds, each unit once. */
  private static final String NUMBER = "[0-9]{1,9}";

  private static final Pattern SHAPE =
      Pattern.compile(
          Stream.of("d", "h", "m", "s", "ms")
              .map(u -> "(" + NUMBER + u + ")?")
              .collect(Collectors.joining()));
  private static final Pattern PART = Pattern.compile("(" + NUMBER + ")(ms|[dhms])");
  private static final Pattern SECONDS = Pattern.compile(NUMBER);

  private Durations() {}

  /**
   * @throws IllegalArgumentException when the text is not a duration with units
   */
  public static Duration parse(String text) {
    if (text.isEmpty() || !SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          SafeText.quoted(text) + " is not a duration like 500ms, 60s, 5m, 1h30m or 40d");
    }
    return PART.matcher(text)
        .results()
        .map(part -> Duration.of(Long.parseLong(part.group(1)), UNITS.get(part.group(2))))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * Takes a number without a unit for seconds, as command lines had it before.
   *
   * @throws IllegalArgumentException when the text is not a duration
   */
  public static Duration parseOrSeconds(String text) {
    return SECONDS.matcher(text).matches() ? Duration.ofSeconds(Long.parseLong(text)) : parse(text);
  }

  /** In the form that {@link #parse} reads. */
  public static String format(Duration duration) {
    var text =
        Stream.of(
                part(duration.toDaysPart(), "d"),
                part(duration.toHoursPart(), "h"),
                part(duration.toMinutesPart(), "m"),
                part(duration.toSecondsPart(), "s"),
                part(duration.toMillisPart(), "ms"))
            .collect(Collectors.joining());
    return text.isEmpty() ? "0s" : text;
  }

  private static String part(long number, String unit) {
    return number == 0 ? "" : number + unit;
  }
}
