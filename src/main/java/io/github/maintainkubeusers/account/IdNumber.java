package io.github.maintainkubeusers.account;

import java.util.OptionalInt;

/** The number of a user or group. */
final class IdNumber {
  private static final int MOST_DIGITS = 10;

  private IdNumber() {}

  /** Empty when the text is not a decimal number from 1 to 2^31-1. */
  static OptionalInt parse(String text) {
    long value = isNumber(text) ? Long.parseLong(text) : 0;
    return value == 0 || value > Integer.MAX_VALUE
        ? OptionalInt.empty()
        : OptionalInt.of((int) value);
  }

  /** In a loop of our own, because each pass reads the ids of all accounts. */
  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MOST_DIGITS;
  }
}
