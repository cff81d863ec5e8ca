package io.github.maintainkubeusers.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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

/** Answers lists and watches with what a test says, as no real API server can be made to. */
final class CannedApiServer implements AutoCloseable {
  private final HttpServer server;
  private final ClusterConnection connection;
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * An answer.
   *
   * @param stays whether it stays open after its body, as a watch does
   */
  record Answer(int status, Map<String, String> headers, String body, boolean stays) {
    static Answer of(String body) {
      return new Answer(200, Map.of(), body, false);
    }

    static Answer status(int status) {
      return new Answer(status, Map.of(), "", false);
    }

    /** The connection is closed without an answer. */
    static Answer none() {
      return status(0);
    }

    static Answer open(String body) {
      return new Answer(200, Map.of(), body, true);
    }
  }

  /**
   * @param answers by the query of each call
   */
  CannedApiServer(Path folder, ClusterListener listener, Function<String, Answer> answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/",
          exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            queries.add(query);
            answer(exchange, answers.apply(query));
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

  ClusterConnection connection() {
    return connection;
  }

  List<String> queries() {
    return queries;
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
