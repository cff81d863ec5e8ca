package io.github.maintainkubeusers.yaml;

import static java.util.Comparator.comparingInt;

import java.util.List;

/** Replaces the chars from {@code start} to before {@code end}. */
record Edit(int start, int end, String text) {
  static Edit insert(int at, String text) {
    return new Edit(at, at, text);
  }

  static Edit delete(int start, int end) {
    return new Edit(start, end, "");
  }

  /** Applies all; those at the same place in the order given. */
  static String apply(List<Edit> edits, String text) {
    var out = new StringBuilder();
    int done = 0;
    for (Edit edit : edits.stream().sorted(comparingInt(Edit::start)).toList()) {
      out.append(text, done, Math.max(done, edit.start)).append(edit.text);
      done = Math.max(done, edit.end);
    }
    return out.append(text, done, text.length()).toString();
  }
}
