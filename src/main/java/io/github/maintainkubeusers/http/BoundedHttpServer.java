package io.github.maintainkubeusers.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
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

  /** What ends a connection from elsewhere closes the bare socket, which waits for nobody. */
  private void serve(Socket bare) {
    try (bare) {
      bare.setTcpNoDelay(true);
      Socket socket = tls.isPresent() ? encrypted(tls.get(), bare) : bare;
      converse(bare, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
    } catch (IOException e) {
      LOG.debug("A client was not answered", e);
    } catch (RuntimeException e) {
      LOG.error("Internal error while answering a client", e);
    } finally {
      connections.remove(bare);
    }
  }

  /** What TLS takes is not spent on a client that sends nothing. */
  private static Socket encrypted(SSLContext tls, Socket bare) throws IOException {
    byte[] first = bare.getInputStream().readNBytes(1);
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory().createSocket(bare, new ByteArrayInputStream(first), true);
    socket.setUseClientMode(false);
    return socket;
  }

  private void converse(Socket socket, InputStream in, OutputStream bareOut) throws IOException {
    var reader = new RequestReader(in, limits.requestBytes());
    var out = new BufferedOutputStream(bareOut);
    boolean lasting = true;
    while (lasting) {
      int first = in.read();
      if (first < 0) {
        return;
      }
      connections.asking(socket);
      Optional<HttpRequest> request = reader.next(first);
      if (request.isEmpty()) {
        return;
      }
      lasting = request.get().lasting() && !limits.idle().isZero();
      write(out, request.get(), lasting);
      connections.answered(socket);
    }
  }

  private void write(OutputStream out, HttpRequest request, boolean lasting) throws IOException {
    boolean head = request.method().equals("HEAD");
    HttpAnswer answer =
        head || request.method().equals("GET")
            ? answers.apply(request)
            : HttpAnswer.text("405 Method Not Allowed", "only GET and HEAD");
    Map<String, String> headers = new TreeMap<>(answer.headers());
    headers.put("Content-Type", answer.type());
    headers.put("Content-Length", Integer.toString(answer.body().length));
    headers.put("Connection", lasting ? "keep-alive" : "close");
    var text = new StringBuilder("HTTP/1.1 " + answer.status() + "\r\n");
    headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    out.write(text.append("\r\n").toString().getBytes(US_ASCII));
    if (!head) {
      out.write(answer.body());
    }
    out.flush();
  }
}
