package io.github.maintainkubeusers.yaml;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Locale;

/** Guesses what somebody meant to write. */
final class Suggestion {
  private static final int FAR = 100;

  private Suggestion() {}

  /**
   * The words to be added to a message, empty when nothing is near: at most half of the word may
   * differ.
   */
  static String forWord(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 2))
        .min(comparingInt(candidate -> distance(word, candidate)))
        .map(nearest -> ", did you mean \"" + nearest + "\"?")
        .orElse("");
  }

  /** How many letters must be changed, put in or left out, whatever their case (Levenshtein). */
  private static int distance(String word, String other) {
    return word.length() > FAR ? FAR : levenshtein(letters(word), letters(other));
  }

  private static String letters(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  private static int levenshtein(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
