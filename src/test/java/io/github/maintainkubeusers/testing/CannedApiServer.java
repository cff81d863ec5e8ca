package io.github.maintainkubeusers.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.maintainkubeusers.kube.CallPolicy;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Answers calls with what a test says, as no real API server can be made to. */
public final class CannedApiServer implements AutoCloseable {
  private final HttpServer server;
  private final ClusterConnection connection;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * A call.
   *
   * @param query decoded, as in {@code limit=500&continue=x}
   */
  public record Call(String method, String path, String query, String body) {}

  /**
   * An answer.
   *
   * @param stays whether it stays open after its body, as a watch does
   */
  public record Answer(int status, Map<String, String> headers, String body, boolean stays) {
    public static Answer of(String body) {
      return new Answer(200, Map.of(), body, false);
    }

    public static Answer status(int status) {
      return new Answer(status, Map.of(), "", false);
    }

    /** The connection is closed without an answer. */
    public static Answer none() {
      return status(0);
    }

    public static Answer open(String body) {
      return new Answer(200, Map.of(), body, true);
    }
  }

  public CannedApiServer(Path folder, ClusterListener listener, Function<Call, Answer> answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/",
          exchange -> {
            var call =
                new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestURI().getQuery()),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            calls.add(call);
            answer(exchange, answers.apply(call));
          });
      server.start();
      Path kubeconfig =
          Files.writeString(
              folder.resolve("kubeconfig"),
              """
              apiVersion: v1
              kind: Config
              current-context: test
              clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
              contexts: [{name: test, context: {cluster: test, user: test}}]
              users: [{name: test, user: {token: none}}]
              """
                  .formatted(server.getAddress().getPort()));
      connection =
          ClusterConnection.fromKubeconfig(
              kubeconfig,
              new CallPolicy(Duration.ofSeconds(10), 0),
              InstantSource.system(),
              listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A list of these items, as JSON. */
  public static Answer list(String... items) {
    return Answer.of(
        "{\"metadata\": {\"resourceVersion\": \"1\"}, \"items\": ["
            + String.join(",", items)
            + "]}");
  }

  public ClusterConnection connection() {
    return connection;
  }

  public List<Call> calls() {
    return calls;
  }

  private void answer(HttpExchange exchange, Answer answer) throws IOException {
    if (answer.status() == 0) {
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(
        answer.status(), answer.stays() ? 0 : body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
      out.flush();
      if (answer.stays()) {
        closed.await();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    connection.close();
    closed.countDown();
    server.stop(0);
  }
}
