package io.github.maintainkubeusers.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves metrics and the answers to probes, whoever else connects: one request for each connection,
 * which lives for a few seconds and gives way to newer ones when there are many. The JDK's server
 * turns newer ones away instead, so that one client that holds its connections lets no probe
 * through.
 */
final class HttpEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
  private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int BACKLOG = 1024;
  private static final int MOST_OF_A_REQUEST = 8 << 10;

  private final ServerSocket server;
  private final Map<String, Supplier<Page>> pages;
  private final OpenConnections connections = new OpenConnections();

  private record Page(String status, String type, byte[] body) {
    static Page of(Health.Answer answer) {
      return text(answer.good() ? "200 OK" : "503 Service Unavailable", answer.text());
    }

    static Page text(String status, String line) {
      return new Page(status, TEXT, (line + "\n").getBytes(UTF_8));
    }
  }

  private HttpEndpoint(ServerSocket server, Map<String, Supplier<Page>> pages) {
    this.server = requireNonNull(server, "server is null");
    this.pages = requireNonNull(pages, "pages is null");
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
            () -> Page.of(health.live()),
            "/readyz",
            () -> Page.of(health.ready())));
  }

  /**
   * Serves probes alone.
   *
   * @throws TelemetryException when the address cannot be listened on
   */
  static HttpEndpoint probes(InetSocketAddress address, Health health) {
    return start(
        address,
        Map.of("/livez", () -> Page.of(health.live()), "/readyz", () -> Page.of(health.ready())));
  }

  private static HttpEndpoint start(InetSocketAddress address, Map<String, Supplier<Page>> pages) {
    try {
      var server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(address, BACKLOG);
      var endpoint = new HttpEndpoint(server, pages);
      Thread.ofPlatform().daemon().name("http-" + server.getLocalPort()).start(endpoint::accept);
      return endpoint;
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
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  @Override
  public void close() {
    OpenConnections.close(server);
    connections.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        Thread _ = Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.debug("A connection could not be accepted", e);
          pause();
        }
      }
    }
  }

  /** What lacks, file descriptors say, comes back when connections end. */
  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      String[] request = firstLine(new BufferedInputStream(socket.getInputStream())).split(" ", 3);
      if (request.length == 3 && request[2].startsWith("HTTP/1.")) {
        answer(socket.getOutputStream(), request[0], request[1].split("\\?", 2)[0]);
      }
    } catch (IOException e) {
      LOG.debug("A client was not answered", e);
    } finally {
      connections.remove(socket);
    }
  }

  private void answer(OutputStream out, String method, String path) throws IOException {
    boolean head = method.equals("HEAD");
    Page page;
    if (!head && !method.equals("GET")) {
      page = Page.text("405 Method Not Allowed", "only GET and HEAD");
    } else {
      page =
          pages
              .getOrDefault(
                  path,
                  () ->
                      Page.text(
                          "404 Not Found",
                          "there are only "
                              + String.join(", ", pages.keySet().stream().sorted().toList())))
              .get();
    }
    out.write(
        ("HTTP/1.1 "
                + page.status()
                + "\r\nContent-Type: "
                + page.type()
                + "\r\nContent-Length: "
                + page.body().length
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(US_ASCII));
    if (!head) {
      out.write(page.body());
    }
    out.flush();
  }

  /** Reads to the end of the headers, so that the client is not cut off while it still writes. */
  private static String firstLine(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    int newlines = 0;
    while (newlines < 2) {
      int next = in.read();
      if (next < 0 || head.size() >= MOST_OF_A_REQUEST) {
        return "";
      }
      if (next == '\n') {
        newlines++;
      } else if (next != '\r') {
        newlines = 0;
      }
      head.write(next);
    }
    return head.toString(US_ASCII).lines().findFirst().orElse("");
  }

  private static Page metrics(PrometheusRegistry registry) {
    try {
      var body = new ByteArrayOutputStream();
      WRITER.write(body, registry.scrape());
      return new Page("200 OK", WRITER.getContentType(), body.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
