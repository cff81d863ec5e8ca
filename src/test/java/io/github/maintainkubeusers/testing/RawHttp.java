package io.github.maintainkubeusers.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP client over one connection that sends what it is told, right or wrong, and reads the
 * answers one after the other.
 */
public final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /**
   * One answer.
   *
   * @param headers by their names in small letters
   */
  public record Reply(int status, Map<String, String> headers, String body) {}

  public static RawHttp connect(InetSocketAddress server) {
    return attempt(() -> new RawHttp(new Socket(server.getAddress(), server.getPort())));
  }

  /** Connects by TLS, to the end of the handshake. */
  public static RawHttp connect(InetSocketAddress server, SSLContext tls) {
    return attempt(
        () -> {
          var socket =
              (SSLSocket)
                  tls.getSocketFactory().createSocket(server.getAddress(), server.getPort());
          socket.startHandshake();
          return new RawHttp(socket);
        });
  }

  public RawHttp send(String text) {
    return attempt(
        () -> {
          socket.getOutputStream().write(text.getBytes(ISO_8859_1));
          return this;
        });
  }

  /** The next answer, to a GET. */
  public Reply read() {
    return read(true);
  }

  /**
   * The next answer.
   *
   * @param withBody false for one to HEAD
   */
  public Reply read(boolean withBody) {
    return attempt(
        () -> {
          String[] lines = head().split("\r\n", -1);
          var headers = new TreeMap<String, String>();
          for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
          }
          int length = withBody ? Integer.parseInt(headers.get("content-length")) : 0;
          byte[] body = in.readNBytes(length);
          return new Reply(
              Integer.parseInt(lines[0].split(" ", 3)[1]), headers, new String(body, ISO_8859_1));
        });
  }

  /** Whether the server has ended the connection, without a further answer. Waits for it. */
  public boolean ends() {
    return isEnded(PATIENCE_MILLIS);
  }

  /** Whether the server has ended the connection. */
  public boolean isEnded() {
    return isEnded(1);
  }

  private boolean isEnded(int millis) {
    try {
      socket.setSoTimeout(millis);
      return in.read() < 0;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the empty line. */
  private String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("ended after " + head);
      }
      head.append((char) next);
    }
    return head.substring(0, head.length() - 4);
  }

  private interface Attempt<T> {
    T make() throws IOException;
  }

  private static <T> T attempt(Attempt<T> attempt) {
    try {
      return attempt.make();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
