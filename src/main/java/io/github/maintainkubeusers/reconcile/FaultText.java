package io.github.maintainkubeusers.reconcile;

import java.util.regex.Pattern;

/** Tells whether two messages are of the same fault. */
public final class FaultText {
  /** Names of signing requests, durations and counts are new each time; the fault is the same. */
  private static final Pattern CHANGING = Pattern.compile("[0-9a-f]{16,}|[0-9]+");

  private FaultText() {}

  /** What stays the same while a fault lasts. */
  public static String lasting(String message) {
    return CHANGING.matcher(message).replaceAll("0");
  }
}
