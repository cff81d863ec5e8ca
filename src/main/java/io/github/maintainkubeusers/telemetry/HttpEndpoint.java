package io.github.maintainkubeusers.telemetry;

import io.github.maintainkubeusers.http.BoundedHttpServer;
import io.github.maintainkubeusers.http.HttpAnswer;
import io.github.maintainkubeusers.http.HttpLimits;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Serves metrics and the answers to probes: one request for each connection. */
final class HttpEndpoint implements AutoCloseable {
  private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();
  private static final HttpLimits LIMITS = new HttpLimits(500, 8 << 10, Duration.ZERO);

  private final BoundedHttpServer server;

  private HttpEndpoint(BoundedHttpServer server) {
    this.server = server;
  }

  /**
   * Serves metrics, and probes as well.
   *
   * @throws TelemetryException when the address cannot be listened on
   */
  static HttpEndpoint start(InetSocketAddress address, PrometheusRegistry registry, Health health) {
    return start(
        address,
        Map.of(
            "/metrics",
            () -> metrics(registry),
            "/livez",
            () -> answer(health.live()),
            "/readyz",
            () -> answer(health.ready())));
  }

  /**
   * Serves probes alone.
   *
   * @throws TelemetryException when the address cannot be listened on
   */
  static HttpEndpoint probes(InetSocketAddress address, Health health) {
    return start(
        address,
        Map.of("/livez", () -> answer(health.live()), "/readyz", () -> answer(health.ready())));
  }

  private static HttpEndpoint start(
      InetSocketAddress address, Map<String, Supplier<HttpAnswer>> pages) {
    Supplier<HttpAnswer> none =
        () ->
            HttpAnswer.text(
                "404 Not Found",
                "there are only " + String.join(", ", pages.keySet().stream().sorted().toList()));
    try {
      return new HttpEndpoint(
          BoundedHttpServer.start(
              address,
              LIMITS,
              Optional.empty(),
              request -> pages.getOrDefault(request.path(), none).get()));
    } catch (IOException e) {
      throw new TelemetryException(
          "could not listen on "
              + address.getAddress().getHostAddress()
              + " port "
              + address.getPort()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }

  private static HttpAnswer answer(Health.Answer answer) {
    return HttpAnswer.text(answer.good() ? "200 OK" : "503 Service Unavailable", answer.text());
  }

  private static HttpAnswer metrics(PrometheusRegistry registry) {
    try {
      var body = new ByteArrayOutputStream();
      WRITER.write(body, registry.scrape());
      return new HttpAnswer("200 OK", WRITER.getContentType(), Map.of(), body.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
