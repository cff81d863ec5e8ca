package io.github.maintainkubeusers.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/** A gateway that takes as little of the processor as it can, over one connection. */
final class GatewayClient implements AutoCloseable {
  private static final String LENGTH = "Content-Length: ";
  private static final String END = "\r\n\r\n";

  private final Socket socket;
  private final byte[] buffer = new byte[8 << 10];

  GatewayClient(SSLContext tls, int port) throws IOException {
    socket = tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
  }

  /** Fails for any answer but 200. */
  void ask(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    int filled = 0;
    int whole = Integer.MAX_VALUE;
    while (filled < whole) {
      int count = socket.getInputStream().read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        throw new EOFException("the connection ended");
      }
      filled += count;
      whole = length(new String(buffer, 0, filled, ISO_8859_1));
    }
    String answer = new String(buffer, 0, filled, ISO_8859_1);
    if (!answer.startsWith("HTTP/1.1 200 ")) {
      throw new IOException("answered with " + answer);
    }
  }

  /** Of the answer that begins so, as far as it can be told. */
  private static int length(String begun) {
    int end = begun.indexOf(END);
    if (end < 0) {
      return Integer.MAX_VALUE;
    }
    int at = begun.indexOf(LENGTH) + LENGTH.length();
    return end + END.length() + Integer.parseInt(begun.substring(at, begun.indexOf('\r', at)));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
