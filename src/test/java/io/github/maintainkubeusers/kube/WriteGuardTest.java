package io.github.maintainkubeusers.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.github.maintainkubeusers.testing.TestingLeadership;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteGuardTest {
  private final TestingLeadership leadership = new TestingLeadership();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private OkHttpClient client;
  private int answer = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod());
          leadership.lead(false);
          exchange.getResponseHeaders().set("Retry-After", "1");
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
    client =
        new OkHttpClient.Builder()
            .addInterceptor(new RetryAfter(_ -> {}))
            .addNetworkInterceptor(new WriteGuard(leadership))
            .build();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void letsNoWriteThroughThatIsNotTheLeaders(String method) throws IOException {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> call(method))
        .withMessage("this process does not lead");
    assertThat(asked).isEmpty();

    leadership.lead(true);
    assertThat(call(method)).isEqualTo(200);
    assertThat(asked).containsExactly(method);
  }

  @Test
  void letsEverybodyRead() throws IOException {
    assertThat(call("GET")).isEqualTo(200);
  }

  @Test
  void looksAgainBeforeACallThatTheServerWantsToHaveLater() {
    answer = 429;
    leadership.lead(true);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> call("POST"));
    assertThat(asked).containsExactly("POST");
  }

  private int call(String method) throws IOException {
    Request request =
        new Request.Builder()
            .url("http://127.0.0.1:" + server.getAddress().getPort() + "/")
            .method(method, method.equals("GET") ? null : RequestBody.create(new byte[0]))
            .build();
    try (Response response = client.newCall(request).execute()) {
      return response.code();
    }
  }
}
