package io.github.maintainkubeusers.yaml;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How scalars are written. */
final class ScalarText {
  /** What begins like a word or a path is text to every reader, but for the words that are not. */
  private static final Pattern PLAIN =
      Pattern.compile("([A-Za-z_/]|\\.\\.?/)([A-Za-z0-9_./:@+=-]*[A-Za-z0-9_/=-])?");

  private static final Pattern SINGLE_QUOTABLE = Pattern.compile("[ -~]*");

  private ScalarText() {}

  static String block(YamlScalar scalar) {
    if (!scalar.isText()) {
      return untouchable(scalar);
    }
    var text = scalar.text();
    return switch (scalar.quoting()) {
      case SINGLE ->
          SINGLE_QUOTABLE.matcher(text).matches() ? singleQuoted(text) : doubleQuoted(text);
      case DOUBLE -> doubleQuoted(text);
      case AS_NEEDED -> isPlain(text) ? text : doubleQuoted(text);
    };
  }

  /** As JSON has it. */
  static String flow(YamlScalar scalar) {
    return scalar.isText() ? doubleQuoted(scalar.text()) : untouchable(scalar);
  }

  private static String untouchable(YamlScalar scalar) {
    return switch (scalar.type()) {
      case NULL -> "null";
      case BOOLEAN -> scalar.text().toLowerCase(Locale.ROOT);
      case TEXT, INTEGER, FLOAT, DISPUTED -> scalar.text();
    };
  }

  private static boolean isPlain(String text) {
    return PLAIN.matcher(text).matches()
        && Schema.type(Optional.empty(), true, text).orElseThrow() == ScalarType.TEXT;
  }

  private static String singleQuoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A JSON string, which is also a YAML 1.1 and 1.2 string. */
  private static String doubleQuoted(String text) {
    var out = new StringBuilder("\"");
    text.codePoints().forEach(c -> append(out, c));
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append((char) c);
    } else if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else {
      out.append(String.format(Locale.ROOT, "\\u%04x", c));
    }
  }

  /** By YAML 1.1 as well: not the line separators and the byte order mark. */
  private static boolean isPrintable(int c) {
    boolean basic = (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0xd800);
    boolean separator = c == 0x2028 || c == 0x2029 || c == 0xfeff;
    return (basic || (c >= 0xe000 && c < 0xfffe) || c > 0xffff) && !separator;
  }
}
