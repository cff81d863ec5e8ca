package io.github.maintainkubeusers.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What the program answers on its ports. */
record Page(int status, String body) {
  private static final int GOOD = 200;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  static Page get(String address, int port, String path) {
    URI uri = URI.create("http://" + address + ":" + port + path);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri).timeout(LONGEST).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Page(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new AssertionError("could not read " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  boolean isGood() {
    return status == GOOD;
  }

  /** As a line of its own. */
  boolean has(String line) {
    return isGood() && body.lines().anyMatch(line::equals);
  }
}
