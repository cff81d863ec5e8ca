package io.github.maintainkubeusers.account;

/**
 * A name, number or path from outside is not one that can be worked with. The message says why, to
 * a person.
 */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public InvalidValueException(String message) {
    super(message);
  }

  public InvalidValueException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Text from outside, made fit for a message: quoted, bounded, nothing but printable ASCII. */
  public static String quoted(String text) {
    var out = new StringBuilder("\"");
    text.codePoints()
        .limit(80)
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                out.appendCodePoint(c);
              } else {
                out.append(String.format("\\u{%x}", c));
              }
            });
    return out.append(text.codePointCount(0, text.length()) > 80 ? "...\"" : "\"").toString();
  }
}
