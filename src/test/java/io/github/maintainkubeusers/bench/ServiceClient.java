package io.github.maintainkubeusers.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.credentials.ClientCertificateAuthentication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A program outside the cluster that calls the API server with a service's credentials. It fetches
 * its next credentials with its present ones.
 */
final class ServiceClient {
  private final String server;
  private final byte[] ca;
  private final String secret;
  private final Duration between;
  private final List<String> failures = new ArrayList<>();
  private OkHttpClient client;
  private long fetchedAt;
  private int requests;

  /**
   * @param ca file with the CA of the API server
   * @param secret the path of the service's Secret
   * @param content of that Secret
   * @param between how often it is fetched
   */
  ServiceClient(String server, Path ca, String secret, JsonObject content, Duration between)
      throws IOException {
    this.server = server;
    this.ca = Files.readAllBytes(ca);
    this.secret = secret;
    this.between = between;
    use(content);
  }

  /** Makes one request, after fetching its credentials when it is time. */
  void work() {
    if (System.nanoTime() - fetchedAt >= between.toNanos()) {
      try {
        use(JsonParser.parseString(get(secret)).getAsJsonObject());
      } catch (IOException e) {
        failures.add("fetch: " + e.getMessage());
        return;
      }
    }
    try {
      String _ = get("/api/v1/nodes?limit=1");
    } catch (IOException e) {
      failures.add(e.getMessage());
    }
  }

  int requests() {
    return requests;
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  private String get(String path) throws IOException {
    requests++;
    try (Response response =
        client.newCall(new Request.Builder().url(server + path).build()).execute()) {
      String text = response.body().string();
      if (!response.isSuccessful()) {
        throw new IOException(response.code() + " " + text.strip());
      }
      return text;
    }
  }

  private void use(JsonObject content) throws IOException {
    JsonObject data = content.getAsJsonObject("data");
    close();
    client =
        new ClientBuilder()
            .setBasePath(server)
            .setCertificateAuthority(ca)
            .setAuthentication(
                new ClientCertificateAuthentication(pem(data, "cert.pem"), pem(data, "key.pem")))
            .build()
            .getHttpClient();
    fetchedAt = System.nanoTime();
  }

  private static byte[] pem(JsonObject data, String key) {
    return Base64.getDecoder()
        .decode(data.get(key).getAsString().getBytes(StandardCharsets.US_ASCII));
  }

  void close() {
    if (client != null) {
      client.dispatcher().executorService().shutdownNow();
      client.connectionPool().evictAll();
    }
  }
}
