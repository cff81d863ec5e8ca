package io.github.maintainkubeusers.report;

/** A number as a bar of text. */
final class Bar {
  private static final int LENGTH = 30;

  private Bar() {}

  /** In its frame; what is more than nothing shows. */
  static String part(long count, long all) {
    int length = length(count, all);
    return "[" + "#".repeat(length) + "-".repeat(LENGTH - length) + "]";
  }

  static String of(long count, long most) {
    return "#".repeat(length(count, most));
  }

  private static int length(long count, long most) {
    return count <= 0 || most <= 0 ? 0 : Math.clamp(count * LENGTH / most, 1, LENGTH);
  }
}
