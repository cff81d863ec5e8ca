package io.github.maintainkubeusers.http;

import java.util.Map;
import java.util.Optional;

/**
 * A question without a body.
 *
 * @param path without what follows a question mark
 * @param headers the value of each, by its name in lower case; of several lines with one name, all
 *     values with commas
 * @param lasting whether the client would ask more over the same connection
 */
public record HttpRequest(
    String method, String path, Map<String, String> headers, boolean lasting) {
  public HttpRequest {
    headers = Map.copyOf(headers);
  }

  /**
   * @param name in lower case
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
