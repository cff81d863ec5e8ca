package io.github.maintainkubeusers.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedHttpServerTest {
  private static final int BYTES = 2000;
  private static final String ASK = get("/x");

  private final BoundedHttpServer server = start(new HttpLimits(20, BYTES, Duration.ofMinutes(1)));

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void answersSeveralRequestsOverOneConnection() {
    try (RawHttp client = connect()) {
      for (int i = 0; i < 3; i++) {
        RawHttp.Reply reply = client.send(get("/" + i + "?a=b?c")).read();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("/" + i + " -\n");
        assertThat(reply.headers()).containsEntry("connection", "keep-alive");
      }
    }
  }

  @Test
  void answersRequestsThatWereSentTogetherInTheirOrder() {
    try (RawHttp client = connect()) {
      client.send(get("/1") + get("/2") + get("/3"));

      assertThat(IntStream.range(0, 3).mapToObj(_ -> client.read().body()))
          .containsExactly("/1 -\n", "/2 -\n", "/3 -\n");
    }
  }

  @Test
  void joinsTheLinesOfAHeader() {
    try (RawHttp client = connect()) {
      client.send("GET / HTTP/1.1\r\nhost:h\r\nX-Word: a \r\nx-word:\tb\tc\r\nX-WORD:\r\n\r\n");

      assertThat(client.read().body()).isEqualTo("/ a, b\tc, \n");
    }
  }

  @Test
  void sendsNoBodyWhenAskedForTheHead() {
    try (RawHttp client = connect()) {
      RawHttp.Reply reply = client.send(ASK.replace("GET", "HEAD")).read(false);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers()).containsEntry("content-length", "5");

      assertThat(client.send(get("/second")).read().body()).isEqualTo("/second -\n");
    }
  }

  @Test
  void answersGetAndHeadAlone() {
    try (RawHttp client = connect()) {
      assertThat(client.send(ASK.replace("GET", "DELETE")).read().status()).isEqualTo(405);
      assertThat(client.send(ASK).read().status()).isEqualTo(200);
    }
  }

  /** What may be a body is not read, and nothing in it or after it is taken for a request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /x HTTP/1.0\r\n\r\n",
        "GET /x HTTP/1.0\r\nHost: h\r\nConnection: Upgrade, keep-alive\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nConnection: close\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345",
        "GET /x HTTP/1.1\r\nHost: h\r\nContent-Length: 00\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: h\r\nContent-Length: 999999999999999\r\n\r\n"
      })
  void endsTheConnectionAfterALastRequest(String request) {
    try (RawHttp client = connect()) {
      RawHttp.Reply reply = client.send(request + get("/second")).read();

      assertThat(reply.body()).isEqualTo("/x -\n");
      assertThat(reply.headers()).containsEntry("connection", "close");
      assertThat(client.ends()).isTrue();
    }
  }

  @Test
  void lastsWithHttp10ForThoseThatAskForIt() {
    try (RawHttp client = connect()) {
      String ask = "GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
      assertThat(client.send(ask).read().status()).isEqualTo(200);
      assertThat(client.send(ask).read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "411 Host: h|Transfer-Encoding: chunked||0||",
        "411 Host: h|Content-Length: 5|Transfer-Encoding: chunked||0||",
        "411 Host: h|transfer-encoding: identity|Connection: close||",
        "411 Host: h|Transfer-Encoding:||",
        "400 Host: h|Content-Length: 5|Content-Length: 6||123456",
        "400 Host: h|Content-Length: 0|Content-Length: 0||",
        "400 Host: h|Content-Length: 5, 5||12345",
        "400 Host: h|Content-Length: +5||12345",
        "400 Host: h|Content-Length: -1||",
        "400 Host: h|Content-Length: 0x5||12345",
        "400 Host: h|Content-Length:||",
        "400 Host: h|Content-Length: 99999999999999999999||",
        "400 Host: h|nonsense||",
        "400 Host: h|Content-Length : 5||12345",
        "400 Host: h| folded: line||",
        "400 Host: h|X: a|\tfolded||",
        "400 Host: h|: x||",
        "400 Host: h|X: a\nContent-Length: 5||12345",
        "400 Host: h|X: a\rContent-Length: 5||12345",
        "400 Host: h|X: \0||",
        "400 Host: h\n\n",
        "400 Host: h|X: a\n|",
        "400 X: y||",
        "400 Host: h|Host: i||"
      })
  void refusesWhatCouldBeReadInTwoWays(String request) {
    try (RawHttp client = connect()) {
      client.send(
          "GET / HTTP/1.1\r\n" + request.substring(4).replace("|", "\r\n") + get("/second"));

      RawHttp.Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(Integer.parseInt(request.substring(0, 3)));
      assertThat(reply.headers()).containsEntry("connection", "close");
      assertThat(client.ends()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h/second", "*", "h:443", "second"})
  void refusesWhatIsNoPath(String target) {
    try (RawHttp client = connect()) {
      assertThat(client.send(get(target)).read().status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRI * HTTP/2.0\r\n\r\n",
        "GET  /x HTTP/1.1\r\n\r\n",
        "GET /x HTTP/1.1 \r\n\r\n",
        "GET /x\t HTTP/1.1\r\n\r\n",
        "GET /x\0 HTTP/1.1\r\n\r\n",
        "get /x HTTP/1.1\r\n\r\n",
        "GET /x http/1.1\r\n\r\n",
        "\0\1\2\n\n"
      })
  void answersNothingToWhatIsNoRequest(String request) {
    try (RawHttp client = connect()) {
      assertThat(client.send(request + ASK).ends()).isTrue();
    }
  }

  @Test
  void takesARequestUpToItsBoundAndTellsThoseThatWriteMore() {
    String start = "GET /x HTTP/1.1\r\nHost: h\r\nX: ";
    try (RawHttp client = connect()) {
      String fits = start + "x".repeat(BYTES - start.length() - 4) + "\r\n\r\n";
      assertThat(client.send(fits).read().status()).isEqualTo(200);
      assertThat(client.send(start + "x".repeat(40_000)).read().status()).isEqualTo(431);
      assertThat(client.ends()).isTrue();
    }
  }

  @Test
  void goesOnAfterAnErrorOfItsOwn() {
    try (RawHttp failing = connect();
        RawHttp client = connect()) {
      assertThat(failing.send(get("/fail")).ends()).isTrue();
      assertThat(client.send(ASK).read().status()).isEqualTo(200);
    }
  }

  private RawHttp connect() {
    return RawHttp.connect(server.address());
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
  }

  /** Says which path was asked for. */
  static BoundedHttpServer start(HttpLimits limits) {
    try {
      return BoundedHttpServer.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          limits,
          Optional.empty(),
          BoundedHttpServerTest::answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpAnswer answer(HttpRequest request) {
    if (request.path().equals("/fail")) {
      throw new IllegalStateException("on purpose");
    }
    return HttpAnswer.text("200 OK", request.path() + " " + request.header("x-word").orElse("-"));
  }
}
