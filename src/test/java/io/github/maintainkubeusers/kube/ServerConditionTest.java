package io.github.maintainkubeusers.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.maintainkubeusers.testing.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerConditionTest {
  private final TestClock clock = new TestClock(InstantSource.system().instant());
  private final AtomicLong nanoTime = new AtomicLong();
  private final AtomicLong latency = new AtomicLong();
  private final AtomicInteger code = new AtomicInteger(200);
  private final ServerCondition condition = new ServerCondition(clock, nanoTime::get);
  private final OkHttpClient client = new OkHttpClient.Builder().addInterceptor(condition).build();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          nanoTime.addAndGet(latency.get());
          exchange.sendResponseHeaders(code.get(), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void isWellWhileAnswersAreGoodOrOnlyRefusals() throws IOException {
    call(10, 200);
    call(10, 409);
    assertThat(condition.degradedReason()).isEmpty();
  }

  @Test
  void isUnwellAfterSomeFaultsAndWellAgainAfterAWhile() throws IOException {
    call(2, 500);
    assertThat(condition.degradedReason()).isEmpty();
    call(1, 429);
    assertThat(condition.degradedReason())
        .contains("the API server has failed 3 calls within 30 s");

    clock.advance(Duration.ofSeconds(31));
    assertThat(condition.degradedReason()).isEmpty();
  }

  @Test
  void isUnwellWhenMostCallsAreSlow() throws IOException {
    call(4, 200);
    latency.set(Duration.ofMillis(1500).toNanos());
    call(4, 200);
    assertThat(condition.degradedReason()).isEmpty();
    call(1, 200);
    assertThat(condition.degradedReason())
        .contains("the API server takes more than 1 s for most calls");
  }

  @Test
  void knowsHowFarOurClockIsAheadAlsoWhenItJumpsAfterwards() throws IOException {
    assertThat(condition.clockSkew()).isZero();
    clock.advance(Duration.ofSeconds(90));
    call(1, 200);
    assertThat(condition.clockSkew()).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(91));

    nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
    clock.advance(Duration.ofMinutes(1));
    assertThat(condition.clockSkew()).isLessThan(Duration.ofSeconds(91));

    clock.advance(Duration.ofDays(-1));
    assertThat(condition.clockSkew()).isLessThan(Duration.ofHours(-23));
  }

  private void call(int times, int answer) throws IOException {
    code.set(answer);
    for (int i = 0; i < times; i++) {
      var request =
          new Request.Builder()
              .url("http://127.0.0.1:" + server.getAddress().getPort() + "/")
              .build();
      try (Response response = client.newCall(request).execute()) {
        assertThat(response.code()).isEqualTo(answer);
      }
    }
  }
}
