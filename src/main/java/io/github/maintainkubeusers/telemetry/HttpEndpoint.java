package io.github.maintainkubeusers.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Serves metrics and the answers to probes. */
final class HttpEndpoint implements AutoCloseable {
    private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    /** Of the JDK's server, which has none of its own: what a client that says nothing, or never reads, may hold. */
    private static final Map<String, String> LIMITS = Map.of("sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30", "jdk.httpserver.maxConnections", "100");

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private HttpEndpoint(HttpServer server) {
        this.server = requireNonNull(server, "server is null");
    }

    private record Page(int status, String type, byte[] body) {
        static Page of(Health.Answer answer) {
            return text(answer.good() ? OK : UNAVAILABLE, answer.text());
        }

        static Page text(int status, String line) {
            return new Page(status, TEXT, (line + "\n").getBytes(UTF_8));
        }
    }

    /** @throws TelemetryException when the address cannot be listened on */
    static HttpEndpoint start(InetSocketAddress address, PrometheusRegistry registry, Health health) {
        LIMITS.forEach(System::setProperty);
        try {
            var endpoint = new HttpEndpoint(HttpServer.create(address, 0));
            endpoint.serve("/metrics", () -> metrics(registry));
            endpoint.serve("/livez", () -> Page.of(health.live()));
            endpoint.serve("/readyz", () -> Page.of(health.ready()));
            endpoint.serve("/", () -> Page.text(NOT_FOUND, "there are /metrics, /livez and /readyz"));
            endpoint.server.setExecutor(endpoint.executor);
            endpoint.server.start();
            return endpoint;
        } catch (IOException e) {
            throw new TelemetryException("could not listen on " + address.getAddress().getHostAddress() + " port "
                    + address.getPort() + ": " + e.getMessage(), e);
        }
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void serve(String path, Supplier<Page> page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, path, page);
            }
        });
    }

    private static void answer(HttpExchange exchange, String path, Supplier<Page> page) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        Page answer;
        if (!head && !exchange.getRequestMethod().equals("GET")) {
            answer = Page.text(NOT_ALLOWED, "only GET and HEAD");
        } else if (!path.equals("/") && !exchange.getRequestURI().getPath().equals(path)) {
            answer = Page.text(NOT_FOUND, "there is only " + path);
        } else {
            answer = page.get();
        }
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.body().length);
        if (!head) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static Page metrics(PrometheusRegistry registry) {
        try {
            var body = new ByteArrayOutputStream();
            WRITER.write(body, registry.scrape());
            return new Page(OK, WRITER.getContentType(), body.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
