package io.github.maintainkubeusers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.Stage;
import io.github.maintainkubeusers.testing.TestClock;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
    private final TestClock clock = new TestClock(TestingTelemetry.NOW);
    private final Health health = new Health(new Liveness(clock, Duration.ofMinutes(1)));
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
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(answer.body()).contains("# TYPE maintain_kubeusers_leader gauge", "maintain_kubeusers_leader 1.0");
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
                        "could not listen on 127.0.0.1 port " + endpoint.address().getPort() + ": Address already");
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
