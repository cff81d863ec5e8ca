package io.github.maintainkubeusers.account;

/**
 * Capitals and small letters of ASCII alone. Names that directories take for the same differ in
 * nothing else: by Unicode's rules, a long {@code s} would be an {@code s} and the sign of the
 * Kelvin a {@code k}.
 */
public final class AsciiCase {
  private static final int TO_SMALL = 'a' - 'A';

  private AsciiCase() {}

  public static String folded(String text) {
    StringBuilder folded = null; // most texts are as they should be
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded = folded == null ? new StringBuilder(text) : folded;
        folded.setCharAt(i, (char) (c + TO_SMALL));
      }
    }
    return folded == null ? text : folded.toString();
  }

  public static boolean equal(String one, String other) {
    return folded(one).equals(folded(other));
  }

  public static boolean startsWith(String text, String prefix) {
    return text.length() >= prefix.length() && equal(text.substring(0, prefix.length()), prefix);
  }
}
