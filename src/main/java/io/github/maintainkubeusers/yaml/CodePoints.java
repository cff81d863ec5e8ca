package io.github.maintainkubeusers.yaml;

/** Translates the parser's offsets, which count code points, into offsets of chars. */
interface CodePoints {
  int toChars(int codePoints);

  static CodePoints of(String text) {
    return text.chars().anyMatch(c -> Character.isSurrogate((char) c))
        ? table(text)
        : index -> index;
  }

  private static CodePoints table(String text) {
    int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = text.offsetByCodePoints(offsets[i - 1], 1);
    }
    return index -> offsets[index];
  }
}
