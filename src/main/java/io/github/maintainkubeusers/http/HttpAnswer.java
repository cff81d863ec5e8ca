package io.github.maintainkubeusers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * What is answered.
 *
 * @param status as in {@code 200 OK}
 * @param type of the body, as the header Content-Type has it
 * @param headers besides
 */
public record HttpAnswer(String status, String type, Map<String, String> headers, byte[] body) {
  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  /** A line of text. */
  public static HttpAnswer text(String status, String line) {
    return new HttpAnswer(
        status, "text/plain; charset=utf-8", Map.of(), (line + "\n").getBytes(UTF_8));
  }
}
