package io.github.maintainkubeusers.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Requests and answers over one connection. What takes too long is ended by {@link
 * OpenConnections}, which closes the bare socket, because that waits for nobody.
 */
record Conversation(
    Socket bare,
    OpenConnections connections,
    HttpLimits limits,
    Function<HttpRequest, HttpAnswer> answers) {
  /** After so long the client has to connect anew, and meets a new certificate of the server. */
  private static final long LONGEST = Duration.ofMinutes(10).toNanos();

  /** So much is read of what a client still writes after its last answer. */
  private static final int MOST_IGNORED = 64 << 10;

  /** To the end of the connection. */
  void hold(Optional<SSLContext> tls) throws IOException {
    try (bare) {
      bare.setTcpNoDelay(true);
      if (tls.isEmpty()) {
        converse(bare);
      } else {
        try (SSLSocket socket = encrypted(tls.get())) {
          converse(socket);
        }
      }
    }
  }

  /** What TLS takes is not spent on a client that sends nothing. */
  private SSLSocket encrypted(SSLContext tls) throws IOException {
    byte[] first = bare.getInputStream().readNBytes(1);
    SSLSocket socket =
        (SSLSocket)
            tls.getSocketFactory().createSocket(bare, new ByteArrayInputStream(first), true);
    socket.setUseClientMode(false);
    return socket;
  }

  private void converse(Socket socket) throws IOException {
    var in = new BufferedInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    var reader = new RequestReader(in, limits.requestBytes());
    long begun = System.nanoTime();
    boolean lasting = true;
    while (lasting) {
      int first = in.read();
      if (first < 0) {
        return;
      }
      connections.asking(bare);
      boolean young = !limits.idle().isZero() && System.nanoTime() - begun < LONGEST;
      lasting = answer(reader, first, young, out);
      if (lasting) {
        connections.answered(bare);
      }
    }
    end(socket, in);
  }

  /** Whether the client may ask for more. */
  private boolean answer(RequestReader reader, int first, boolean young, OutputStream out)
      throws IOException {
    Optional<HttpRequest> read;
    try {
      read = reader.next(first);
    } catch (RefusedException e) {
      out.write(bytes(e.answer(), true, false));
      return false;
    }
    if (read.isEmpty()) {
      return false;
    }
    HttpRequest request = read.get();
    boolean head = request.method().equals("HEAD");
    boolean lasting = young && request.lasting();
    HttpAnswer answer =
        head || request.method().equals("GET")
            ? answers.apply(request)
            : HttpAnswer.text("405 Method Not Allowed", "only GET and HEAD");
    out.write(bytes(answer, !head, lasting));
    return lasting;
  }

  /** In one piece, so that it is one record of TLS. */
  private static byte[] bytes(HttpAnswer answer, boolean withBody, boolean lasting) {
    Map<String, String> headers = new TreeMap<>(answer.headers());
    headers.put("Content-Type", answer.type());
    headers.put("Content-Length", Integer.toString(answer.body().length));
    headers.put("Connection", lasting ? "keep-alive" : "close");
    var text = new StringBuilder("HTTP/1.1 " + answer.status() + "\r\n");
    headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(text.append("\r\n").toString().getBytes(US_ASCII));
    if (withBody) {
      bytes.writeBytes(answer.body());
    }
    return bytes.toByteArray();
  }

  /**
   * Lets the client read its last answer: the system takes it from a client that is cut off while
   * it still writes.
   */
  private static void end(Socket socket, InputStream in) throws IOException {
    socket.shutdownOutput();
    var ignored = new byte[1 << 10];
    int total = 0;
    for (int count = 0; count >= 0 && total < MOST_IGNORED; total += count) {
      count = in.read(ignored);
    }
  }
}
