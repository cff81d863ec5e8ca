package io.github.maintainkubeusers.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private record Answer(int code, String retryAfter) {}

  private static final Answer GOOD = new Answer(200, "");

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Duration> slept = new ArrayList<>();
  private int asked;
  private HttpServer server;
  private OkHttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked++;
          Answer answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
          if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
          }
          exchange.sendResponseHeaders(answer.code(), -1);
          exchange.close();
        });
    server.start();
    client = new OkHttpClient.Builder().addInterceptor(new RetryAfter(slept::add)).build();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  @Test
  void asksOnceWhenTheServerIsWell() throws IOException {
    assertThat(ask(GOOD)).isEqualTo(200);
    assertThat(asked).isEqualTo(1);
    assertThat(slept).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void waitsAsLongAsABusyServerSaysAndAsksAgain(int busy) throws IOException {
    assertThat(ask(new Answer(busy, "3"), new Answer(busy, "1"), GOOD)).isEqualTo(200);
    assertThat(slept).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(1));
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void neverAsksAgainWithoutAPause() throws IOException {
    assertThat(ask(new Answer(429, "0"), GOOD)).isEqualTo(200);
    assertThat(slept).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void givesUpBeforeAMinuteHasBeenWaitedAndPassesOnTheAnswer() throws IOException {
    assertThat(ask(new Answer(429, "25"))).isEqualTo(429);
    assertThat(slept).containsExactly(Duration.ofSeconds(25), Duration.ofSeconds(25));
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void doesNotWaitLongerThanItWouldAtAll() throws IOException {
    assertThat(ask(new Answer(503, "61"))).isEqualTo(503);
    assertThat(slept).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "99999", "Sun, 22 Nov 2026 03:50:14 GMT"})
  void passesOnAnAnswerThatDoesNotSayHowLong(String header) throws IOException {
    assertThat(ask(new Answer(429, header))).isEqualTo(429);
    assertThat(slept).isEmpty();
  }

  @Test
  void waitsForNoOtherFailure() throws IOException {
    assertThat(ask(new Answer(500, "1"))).isEqualTo(500);
    assertThat(slept).isEmpty();
  }

  @Test
  void stopsWaitingWhenItIsInterrupted() {
    answers.add(new Answer(429, "1"));
    var builder = client.newBuilder();
    builder.interceptors().clear();
    var impatient =
        builder
            .addInterceptor(
                new RetryAfter(
                    _ -> {
                      throw new InterruptedException();
                    }))
            .build();

    assertThatExceptionOfType(InterruptedIOException.class)
        .isThrownBy(() -> impatient.newCall(request()).execute());
    assertThat(Thread.interrupted()).isTrue();
  }

  private int ask(Answer... given) throws IOException {
    answers.addAll(List.of(given));
    try (Response response = client.newCall(request()).execute()) {
      return response.code();
    }
  }

  private Request request() {
    return new Request.Builder()
        .url("http://127.0.0.1:" + server.getAddress().getPort() + "/")
        .build();
  }
}
