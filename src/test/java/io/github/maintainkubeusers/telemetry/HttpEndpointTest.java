package io.github.maintainkubeusers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.Stage;
import io.github.maintainkubeusers.testing.TestClock;
import io.github.maintainkubeusers.testing.Waiting;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest {
  private final TestClock clock = new TestClock(TestingTelemetry.NOW);
  private final Health health =
      new Health(new Liveness(clock, Duration.ofMinutes(1)), new WatchAges(clock));
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final HttpEndpoint endpoint = HttpEndpoint.start(loopback(0), registry, health);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void end() {
    endpoint.close();
    client.close();
  }

  @Test
  void servesMetricsAsPrometheusReadsThem() throws IOException, InterruptedException {
    Metric.LEADER.gauge(registry).set(1);
    HttpResponse<String> answer = ask("GET", "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(answer.body())
        .contains("# TYPE maintain_kubeusers_leader gauge", "maintain_kubeusers_leader 1.0");
  }

  @Test
  void answersProbes() throws IOException, InterruptedException {
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
    health.onEvent(new ControllerEvent.CachesLoaded());
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/livez").body()).isEqualTo("ok\n");

    health.onEvent(new ControllerEvent.StageEntered(Stage.ACCOUNTS));
    clock.advance(Duration.ofMinutes(2));
    HttpResponse<String> answer = ask("GET", "/livez");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("stuck in stage accounts: no progress for 120 s\n");
  }

  @Test
  void answersNothingElse() throws IOException, InterruptedException {
    assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/metrics/more").statusCode()).isEqualTo(404);
    assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
    HttpResponse<String> head = ask("HEAD", "/livez");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void saysWhereItCouldNotListen() {
    assertThatExceptionOfType(TelemetryException.class)
        .isThrownBy(() -> HttpEndpoint.start(endpoint.address(), registry, health))
        .withMessageContaining(
            "could not listen on 127.0.0.1 port "
                + endpoint.address().getPort()
                + ": Address already");
  }

  @Test
  void servesProbesAloneOnAPortOfTheirOwn() throws IOException, InterruptedException {
    try (HttpEndpoint probes = HttpEndpoint.probes(loopback(0), health)) {
      assertThat(ask(probes, "GET", "/livez").statusCode()).isEqualTo(200);
      assertThat(ask(probes, "GET", "/metrics").statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\r\n\r\n", "GET /livez\r\n\r\n", "GET /livez SSH-2.0\r\n\r\n", "\0\1\2\n\n"})
  void endsTheConnectionOfWhoSpeaksNoHttp(String request) throws IOException {
    try (var socket = new Socket(endpoint.address().getAddress(), endpoint.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  /** Whoever holds 2,000 connections and dribbles into 200 more keeps no probe from its answer. */
  @Test
  void answersProbesWithinASecondBesideManyIdleAndSlowConnections()
      throws IOException, InterruptedException {
    List<Socket> idle = connections(2000);
    List<Socket> slow = connections(200);
    try (var dribble = Executors.newSingleThreadScheduledExecutor()) {
      Future<?> _ =
          dribble.scheduleWithFixedDelay(
              () -> slow.forEach(HttpEndpointTest::dribble), 0, 100, TimeUnit.MILLISECONDS);
      for (int probe = 0; probe < 20; probe++) {
        long begun = System.nanoTime();
        assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      }
      dribble.shutdownNow();
    }
    Waiting.until(
        "idle and slow connections are ended",
        Duration.ofSeconds(20),
        () -> Stream.concat(idle.stream(), slow.stream()).allMatch(HttpEndpointTest::isEnded));
  }

  private List<Socket> connections(int count) throws IOException {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < count; i++) {
      var socket = new Socket(endpoint.address().getAddress(), endpoint.address().getPort());
      socket.setSoTimeout(1);
      sockets.add(socket);
    }
    return sockets;
  }

  private static void dribble(Socket socket) {
    try {
      socket.getOutputStream().write('G');
    } catch (IOException _) {
      // it was ended
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    return ask(endpoint, method, path);
  }

  private HttpResponse<String> ask(HttpEndpoint of, String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + of.address().getPort() + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
