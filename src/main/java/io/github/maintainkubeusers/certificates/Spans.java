package io.github.maintainkubeusers.certificates;

import java.time.Duration;

/** Spans of time as tables show them. */
public final class Spans {
  private Spans() {}

  /**
   * In the largest unit of which there are two or more: {@code 34d}, {@code 5h}, {@code 20m},
   * {@code 9s}.
   */
  public static String text(Duration span) {
    String sign = span.isNegative() ? "-" : "";
    Duration length = span.abs();
    if (length.toDays() >= 2) {
      return sign + length.toDays() + "d";
    } else if (length.toHours() >= 2) {
      return sign + length.toHours() + "h";
    } else if (length.toMinutes() >= 2) {
      return sign + length.toMinutes() + "m";
    }
    return sign + length.toSeconds() + "s";
  }
}
