package io.github.maintainkubeusers.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.FileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The API server, called as plainly as can be. */
final class Api implements AutoCloseable {
  static final String JSON = "application/json";
  static final String APPLY = "application/apply-patch+yaml";

  private final String server;
  private final OkHttpClient client;

  /**
   * @param kubeconfig with a client certificate or a token
   */
  Api(Path kubeconfig) {
    try (var reader = new FileReader(kubeconfig.toFile(), StandardCharsets.UTF_8)) {
      KubeConfig config = KubeConfig.loadKubeConfig(reader);
      var connected = ClientBuilder.kubeconfig(config).build();
      server = connected.getBasePath();
      client =
          connected
              .getHttpClient()
              .newBuilder()
              .readTimeout(Duration.ZERO)
              .addInterceptor(authorization(token(config)))
              .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject get(String path) {
    return JsonParser.parseString(call("GET", path, null)).getAsJsonObject();
  }

  boolean exists(String path) {
    try (Response response = stream(path)) {
      return response.isSuccessful();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject post(String path, JsonObject body) {
    return JsonParser.parseString(call("POST", path, body(JSON, body))).getAsJsonObject();
  }

  JsonObject put(String path, JsonObject body) {
    return JsonParser.parseString(call("PUT", path, body(JSON, body))).getAsJsonObject();
  }

  void apply(String path, JsonObject body) {
    String _ = call("PATCH", path + "?fieldManager=bench&force=true", body(APPLY, body));
  }

  void delete(String path) {
    String _ = call("DELETE", path, null);
  }

  /** The answer as it comes: open-ended, if it is a watch. */
  Response stream(String path) throws IOException {
    return client.newCall(new Request.Builder().url(server + path).build()).execute();
  }

  String call(String method, String path, RequestBody body) {
    try (Response response =
        client
            .newCall(new Request.Builder().url(server + path).method(method, body).build())
            .execute()) {
      String text = response.body().string();
      if (!response.isSuccessful()) {
        throw new IllegalStateException(method + " " + path + ": " + response.code() + " " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    }
  }

  /** Empty where a certificate tells who it is. */
  private static Optional<String> token(KubeConfig config) {
    return Optional.ofNullable(config.getCredentials())
        .map(credentials -> credentials.get(KubeConfig.CRED_TOKEN_KEY));
  }

  private static Interceptor authorization(Optional<String> token) {
    return chain -> {
      Request.Builder request = chain.request().newBuilder();
      token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
      return chain.proceed(request.build());
    };
  }

  private static RequestBody body(String type, JsonObject content) {
    return RequestBody.create(content.toString(), MediaType.get(type));
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdownNow();
    client.connectionPool().evictAll();
  }
}
