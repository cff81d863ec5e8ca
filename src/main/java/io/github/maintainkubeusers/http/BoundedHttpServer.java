package io.github.maintainkubeusers.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers short questions by HTTP/1.1, whoever else connects: requests are bounded in bytes and
 * time, and of many connections those give way that ask nothing. The JDK's server turns newer
 * connections away instead, so that one client that holds its connections lets nobody else through.
 */
public final class BoundedHttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedHttpServer.class);
  private static final int BACKLOG = 1024;

  private final ServerSocket server;
  private final HttpLimits limits;
  private final Optional<SSLContext> tls;
  private final Function<HttpRequest, HttpAnswer> answers;
  private final OpenConnections connections;

  private BoundedHttpServer(
      ServerSocket server,
      HttpLimits limits,
      Optional<SSLContext> tls,
      Function<HttpRequest, HttpAnswer> answers) {
    this.server = requireNonNull(server, "server is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.tls = requireNonNull(tls, "tls is null");
    this.answers = requireNonNull(answers, "answers is null");
    this.connections = new OpenConnections(limits.connections(), limits.idle());
  }

  /**
   * Listens from now on.
   *
   * @param tls empty for connections that are not encrypted
   * @param answers called from many threads, for GET and HEAD alone
   * @throws IOException when the address cannot be listened on
   */
  public static BoundedHttpServer start(
      InetSocketAddress address,
      HttpLimits limits,
      Optional<SSLContext> tls,
      Function<HttpRequest, HttpAnswer> answers)
      throws IOException {
    var socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(address, BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    var server = new BoundedHttpServer(socket, limits, tls, answers);
    Thread.ofPlatform().daemon().name("http-" + socket.getLocalPort()).start(server::accept);
    return server;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
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
    try {
      new Conversation(socket, connections, limits, answers).hold(tls);
    } catch (IOException e) {
      LOG.debug("A client was not answered", e);
    } catch (RuntimeException e) {
      LOG.error("Internal error while answering a client", e);
    } finally {
      connections.remove(socket);
    }
  }
}
