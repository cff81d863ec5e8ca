package io.github.maintainkubeusers.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedHttpServerTest {
  private static final HttpLimits LIMITS = new HttpLimits(50, 1000, Duration.ofSeconds(60));
  private static final String ASK = "GET /x?y HTTP/1.1\r\nHost: a\r\n\r\n";

  private BoundedHttpServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        BoundedHttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            LIMITS,
            Optional.empty(),
            request -> {
              if (request.path().equals("/fail")) {
                throw new IllegalStateException("on purpose");
              }
              return new HttpAnswer(
                  "200 OK",
                  "text/plain",
                  Map.of("X-Seen", request.header("x-in").orElse("-")),
                  request.path().getBytes(US_ASCII));
            });
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void answersSeveralOverOneConnection() throws IOException {
    try (Socket socket = connect()) {
      assertThat(ask(socket, ASK)).startsWith("HTTP/1.1 200 OK").endsWith("/x");
      assertThat(ask(socket, ASK.replace("Host: a", "X-IN: b")))
          .contains("X-Seen: b", "Connection: keep-alive");
    }
  }

  @Test
  void answersThoseThatWereSentTogether() throws IOException {
    try (Socket socket = connect()) {
      send(socket, ASK + ASK.replace("Host: a", "Connection: close"));

      String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);

      assertThat(answers).containsPattern("(?s)keep-alive.*HTTP/1.1 200 OK.*Connection: close");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /x HTTP/1.0\r\n\r\n",
        "GET /x HTTP/1.1\r\nConnection: Close\r\n\r\n",
        "GET /x HTTP/1.1\r\nContent-Length: 5\r\n\r\nGET /y HTTP/1.1\r\n\r\n",
        "GET /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /y HTTP/1.1\r\n\r\n",
        "GET /x HTTP/1.1\r\ncontent-length: 00\r\n\r\nGET /y HTTP/1.1\r\n\r\n"
      })
  void endsTheConnectionAfterOneThatMayHaveABody(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);

      String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);

      assertThat(answers).endsWith("/x").doesNotContain("/y").contains("Connection: close");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /x HTTP/2.0\r\n\r\n",
        "GET  /x HTTP/1.1\r\n\r\n",
        "GET /x HTTP/1.1\r\nName : a\r\n\r\n",
        "GET /x HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
        "GET /x HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n",
        "\0\1\2\n\n"
      })
  void answersNothingToWhatIsNoRequest(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);

      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void answersNothingToARequestThatIsTooLong() throws IOException {
    try (Socket socket = connect()) {
      send(socket, "GET /x HTTP/1.1\r\nA: " + "a".repeat(1000) + "\r\n\r\n");

      assertThat(answer(socket)).doesNotContain("200");
    }
  }

  @Test
  void goesOnAfterAnErrorOfItsOwn() throws IOException {
    try (Socket failing = connect()) {
      send(failing, "GET /fail HTTP/1.1\r\n\r\n");
      assertThat(failing.getInputStream().readAllBytes()).isEmpty();
    }
    try (Socket socket = connect()) {
      assertThat(ask(socket, ASK)).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void saysWhatItAnswers() throws IOException {
    try (Socket socket = connect()) {
      assertThat(ask(socket, ASK.replace("GET", "POST")))
          .startsWith("HTTP/1.1 405 ")
          .contains("only GET and HEAD");
    }
    try (Socket socket = connect()) {
      send(socket, "HEAD /x HTTP/1.0\r\n\r\n");
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .contains("Content-Length: 2\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  /** Those that were never answered give way to newer ones, and before any that was. */
  @Test
  void keepsThoseThatItHasAnsweredWhileOthersOnlyHoldTheirConnections() throws IOException {
    var held = new ArrayList<Socket>();
    try (Socket known = connect()) {
      assertThat(ask(known, ASK)).contains("200 OK");
      for (int i = 0; i < 3 * LIMITS.connections(); i++) {
        held.add(connect());
      }
      Waiting.until(
          "the first of them ended", Duration.ofSeconds(10), () -> isEnded(held.getFirst()));
      try (Socket newer = connect()) {
        assertThat(ask(newer, ASK)).contains("200 OK");
      }
      assertThat(ask(known, ASK)).contains("200 OK");
    } finally {
      close(held);
    }
  }

  @Test
  void endsOneThatTakesItsTimeWithARequest() throws IOException {
    try (Socket socket = connect()) {
      assertThat(ask(socket, ASK)).contains("200 OK");
      send(socket, "GET /x HT");

      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String ask(Socket socket, String text) throws IOException {
    send(socket, text);
    return answer(socket);
  }

  /** Head and body of one answer. */
  private static String answer(Socket socket) throws IOException {
    var text = new StringBuilder();
    int left = -1;
    while (left != 0) {
      int next;
      try {
        next = socket.getInputStream().read();
      } catch (java.net.SocketException _) {
        return text.toString(); // ended before all was read
      }
      if (next < 0) {
        return text.toString();
      }
      text.append((char) next);
      left = left > 0 ? left - 1 : left;
      if (left < 0 && text.toString().endsWith("\r\n\r\n")) {
        left = Integer.parseInt(text.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
      }
    }
    return text.toString();
  }

  private static boolean isEnded(Socket socket) {
    try {
      socket.setSoTimeout(10);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
