package io.github.maintainkubeusers.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** A text and its lines. The byte order mark, if any, is kept apart. */
record Source(String text, boolean byteOrderMark) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  static Source decode(byte[] bytes, YamlLimits limits) {
    if (bytes.length > limits.maxBytes()) {
      throw new YamlException("the file is larger than " + limits.maxBytes() + " bytes", 1, 1);
    }
    return of(strictly(bytes));
  }

  static Source of(String text) {
    return text.startsWith(BYTE_ORDER_MARK)
        ? new Source(text.substring(1), true)
        : new Source(text, false);
  }

  byte[] encode() {
    return (byteOrderMark ? BYTE_ORDER_MARK + text : text).getBytes(StandardCharsets.UTF_8);
  }

  /** The line break of this text: that of its first line. */
  String newline() {
    int first = text.indexOf('\n');
    return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }

  /**
   * The text as a YAML parser takes it. JSON may be indented by tabs, and kubectl reads such files:
   * outside of strings, they become spaces, which changes no offset.
   */
  String withoutTabsOfJson() {
    if (!text.stripLeading().startsWith("{") || text.indexOf('\t') < 0) {
      return text;
    }
    var spaced = new StringBuilder(text);
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t' && !quoted) {
        spaced.setCharAt(i, ' ');
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    return spaced.toString();
  }

  int lineStart(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Where the line ends, before its break. */
  int lineEnd(int offset) {
    int end = text.indexOf('\n', offset);
    if (end < 0) {
      return text.length();
    }
    return end > offset && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /** Where the previous line ends, before its break; 0 on the first line. */
  int previousLineEnd(int offset) {
    int start = lineStart(offset);
    return start == 0 ? 0 : lineEnd(lineStart(start - 1));
  }

  /** What stands before the offset on its line. */
  String before(int offset) {
    return text.substring(lineStart(offset), offset);
  }

  /** The end of the range without the white space at its end. */
  int trimmedEnd(int floor, int end) {
    int trimmed = end;
    while (trimmed > floor && Character.isWhitespace(text.charAt(trimmed - 1))) {
      trimmed--;
    }
    return trimmed;
  }

  private static String strictly(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
      int lines = (int) out.flip().chars().filter(c -> c == '\n').count();
      throw new YamlException("the file is not UTF-8", lines + 1, 1);
    }
    return out.flip().toString();
  }
}
