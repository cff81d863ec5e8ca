package io.github.maintainkubeusers.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads requests without a body, of a bounded length. What could be read in two ways, by this
 * program and by something in front of it, is refused (RFC 9112).
 *
 * @param most bytes of a request
 */
record RequestReader(InputStream in, int most) {
  private static final String BAD = "400 Bad Request";
  private static final Pattern REQUEST =
      Pattern.compile("([A-Z]{1,20}) ([!-~]{1,2000}) HTTP/1\\.([01])");

  /** A tab may stand in a value, and no other control character: not the half of a line's end. */
  private static final Pattern HEADER =
      Pattern.compile("([-!#$%&'*+.^_`|~0-9A-Za-z]{1,100}):([\\t\\x20-\\x7e\\x80-\\xff]*)");

  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  /** Two of them would be understood differently by different programs. */
  private static final Set<String> ONCE = Set.of("host", "content-length");

  /**
   * The next request; empty when it is none, and the connection is to end without an answer.
   *
   * @param first byte of it, which was read already
   * @throws RefusedException when it is one that cannot be answered
   */
  Optional<HttpRequest> next(int first) throws IOException {
    String head = head(first);
    String[] lines = head.split("\r\n", -1);
    Matcher request = REQUEST.matcher(lines[0]);
    if (!request.matches()) {
      return Optional.empty();
    }
    if (!head.endsWith("\r\n\r\n")) {
      throw new RefusedException(BAD, "a line ends with CR and LF");
    }
    boolean old = request.group(3).equals("0");
    Map<String, String> headers = headers(Arrays.asList(lines).subList(1, lines.length - 2));
    if (!old && !headers.containsKey("host")) {
      throw new RefusedException(BAD, "there is no header Host");
    }
    if (!request.group(2).startsWith("/")) {
      throw new RefusedException(BAD, "a path begins with a slash");
    }
    boolean body = hasBody(headers);
    return Optional.of(
        new HttpRequest(
            request.group(1),
            request.group(2).split("\\?", 2)[0],
            headers,
            !body && lasts(headers, old)));
  }

  private static Map<String, String> headers(List<String> lines) throws RefusedException {
    var headers = new HashMap<String, String>();
    for (String line : lines) {
      Matcher header = HEADER.matcher(line);
      if (!header.matches()) {
        throw new RefusedException(BAD, "a header that is none");
      }
      String name = header.group(1).toLowerCase(Locale.ROOT);
      if (headers.containsKey(name) && ONCE.contains(name)) {
        throw new RefusedException(BAD, "two headers " + header.group(1));
      }
      String _ = headers.merge(name, header.group(2).strip(), (one, next) -> one + ", " + next);
    }
    return headers;
  }

  private static boolean lasts(Map<String, String> headers, boolean old) {
    String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    return old ? connection.equals("keep-alive") : !connection.contains("close");
  }

  /** A body is not read, so that what follows cannot be taken for a request. */
  private static boolean hasBody(Map<String, String> headers) throws RefusedException {
    if (headers.containsKey("transfer-encoding")) {
      throw new RefusedException("411 Length Required", "no Transfer-Encoding is understood");
    }
    String length = headers.getOrDefault("content-length", "0");
    if (!LENGTH.matcher(length).matches()) {
      throw new RefusedException(BAD, "a Content-Length that is none");
    }
    return !length.equals("0");
  }

  /** To the end of the headers. */
  private String head(int first) throws IOException {
    var head = new ByteArrayOutputStream();
    int newlines = 0;
    for (int next = first; ; next = in.read()) {
      if (next < 0) {
        return "";
      }
      if (head.size() >= most) {
        throw new RefusedException(
            "431 Request Header Fields Too Large", "a request has at most " + most + " bytes");
      }
      head.write(next);
      if (next == '\n') {
        newlines++;
      } else if (next != '\r') {
        newlines = 0;
      }
      if (newlines == 2) {
        return head.toString(ISO_8859_1);
      }
    }
  }
}
