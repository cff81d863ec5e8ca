package io.github.maintainkubeusers.yaml;

/** SafeText from outside, made fit for a message. */
final class SafeText {
  private static final int MAX = 60;

  private SafeText() {}

  /** In quotes, bounded, printable ASCII only. */
  static String quoted(String text) {
    return '"' + bare(text) + '"';
  }

  /** Bounded, printable ASCII only. */
  static String bare(String text) {
    var shown = text.codePoints().limit(MAX).mapToObj(SafeText::shown).reduce("", String::concat);
    return text.codePointCount(0, text.length()) > MAX ? shown + "..." : shown;
  }

  private static String shown(int c) {
    boolean harmless = c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
    return harmless ? Character.toString(c) : "\\u{" + Integer.toHexString(c) + "}";
  }
}
