package io.github.maintainkubeusers.bench;

import java.util.Locale;

/** What a figure is to reach: by itself, or beside its reference. */
public sealed interface Goal {
  /** At most so much. */
  record AtMost(double limit) implements Goal {}

  /** At least so much. */
  record Minimum(double limit) implements Goal {}

  /** At most so many times the reference. */
  record AtMostTimes(double limit) implements Goal {}

  /** At least this share of the reference. */
  record AtLeastTimes(double limit) implements Goal {}

  /** At most so much above the reference. */
  record AtMostAbove(double limit) implements Goal {}

  /** None; it is shown to be compared. */
  record None() implements Goal {}

  default boolean isReached(double figure, double reference) {
    return switch (this) {
      case AtMost(double limit) -> figure <= limit;
      case Minimum(double limit) -> figure >= limit;
      case AtMostTimes(double limit) -> figure <= limit * reference;
      case AtLeastTimes(double limit) -> figure >= limit * reference;
      case AtMostAbove(double limit) -> figure <= reference + limit;
      case None() -> true;
    };
  }

  default String words(String unit) {
    return switch (this) {
      case AtMost(double limit) -> "at most " + number(limit) + " " + unit;
      case Minimum(double limit) -> "at least " + number(limit) + " " + unit;
      case AtMostTimes(double limit) -> "at most " + number(limit) + " times";
      case AtLeastTimes(double limit) -> "at least " + number(limit) + " times";
      case AtMostAbove(double limit) -> "at most " + number(limit) + " " + unit + " above";
      case None() -> "";
    };
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%s", value);
  }
}
