package io.github.maintainkubeusers.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads requests without a body, of a bounded length. What could be read in two ways, by this
 * program and by something in front of it, is refused (RFC 9112, section 6).
 *
 * @param most bytes of a request
 */
record RequestReader(InputStream in, int most) {
  private static final Pattern REQUEST =
      Pattern.compile("([A-Z]{1,20}) (\\S{1,2000}) HTTP/1\\.([01])");
  private static final Pattern HEADER =
      Pattern.compile("([-!#$%&'*+.^_`|~0-9A-Za-z]{1,100}):[ \\t]*(.*?)[ \\t]*");

  /**
   * The next request; empty when it is none, and the connection is to end.
   *
   * @param first byte of it, which was read already
   */
  Optional<HttpRequest> next(int first) throws IOException {
    String head = head(first);
    String[] lines = head.split("\r?\n", -1);
    Matcher request = REQUEST.matcher(lines[0]);
    if (!request.matches()) {
      return Optional.empty();
    }
    var headers = new HashMap<String, String>();
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      Matcher header = HEADER.matcher(lines[i]);
      if (!header.matches()) {
        return Optional.empty();
      }
      String name = header.group(1).toLowerCase(Locale.ROOT);
      if (headers.put(name, header.group(2)) != null && name.startsWith("content-")) {
        return Optional.empty();
      }
    }
    boolean old = request.group(3).equals("0");
    return Optional.of(
        new HttpRequest(
            request.group(1),
            request.group(2).split("\\?", 2)[0],
            headers,
            lasts(headers, old) && !hasBody(headers)));
  }

  private static boolean lasts(Map<String, String> headers, boolean old) {
    String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    return old ? connection.equals("keep-alive") : !connection.contains("close");
  }

  /** A body is not read, so that what follows cannot be taken for a request. */
  private static boolean hasBody(Map<String, String> headers) {
    return headers.containsKey("transfer-encoding")
        || !headers.getOrDefault("content-length", "0").equals("0");
  }

  /** To the end of the headers, so that the client is not cut off while it still writes. */
  private String head(int first) throws IOException {
    var head = new ByteArrayOutputStream();
    int newlines = 0;
    for (int next = first; ; next = in.read()) {
      if (next < 0 || head.size() >= most) {
        return "";
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
