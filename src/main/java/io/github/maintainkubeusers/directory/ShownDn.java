package io.github.maintainkubeusers.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/**
 * Distinguished names in messages, so that they can be pasted into a shell as an argument of
 * ldapsearch.
 */
final class ShownDn {
  private static final int MOST = 1000;

  /** What a shell would take for something else between double quotes. */
  private static final String SHELL = "\\$`!";

  private ShownDn() {}

  /**
   * In quotes, in printable ASCII; other characters are escaped as RFC 4514 has it. More than 1,000
   * characters are cut, which shows by an ellipsis after the quotes.
   */
  static String of(String dn) {
    var out = new StringBuilder();
    dn.codePoints()
        .limit(MOST)
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f && c != '"' && c != '\'') {
                out.appendCodePoint(c);
              } else {
                for (byte b : Character.toString(c).getBytes(UTF_8)) {
                  out.append(String.format(Locale.ROOT, "\\%02x", b & 0xff));
                }
              }
            });
    char quote = out.chars().anyMatch(c -> SHELL.indexOf(c) >= 0) ? '\'' : '"';
    return quote + out.toString() + quote + (dn.codePointCount(0, dn.length()) > MOST ? "..." : "");
  }
}
