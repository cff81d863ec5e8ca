package io.github.maintainkubeusers.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.certificates.CertificateIndex;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.testing.Changed;
import io.github.maintainkubeusers.testing.LoopbackPair;
import io.github.maintainkubeusers.testing.RawHttp;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
  private static final AccountId TOOL = AccountId.tool("asked");
  private static final String PATH = "/v1/certificates";
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path folder;

  private final AtomicBoolean ready = new AtomicBoolean(true);
  private LoopbackPair pair;
  private SSLContext tls;
  private String pem;
  private String fingerprint;
  private GatewayEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    pair = LoopbackPair.write(folder);
    tls = pair.trusting();
    pem = Files.readString(pair.certificate());
    fingerprint = ParsedCertificate.parse(pem.getBytes(UTF_8)).getFirst().fingerprint();
    endpoint = start(0);
  }

  @AfterEach
  void end() {
    endpoint.close();
  }

  @Test
  void tellsOfACertificateByItsFingerprint() {
    try (RawHttp gateway = gateway()) {
      RawHttp.Reply reply = gateway.send(get(PATH + "/" + fingerprint)).read();

      assertThat(reply.status()).as("no binding names its group").isEqualTo(403);
      assertThat(reply.body())
          .isEqualTo(
              "{\"kind\": \"tool\", \"name\": \"asked\", \"generation\": 1, \"state\": \"current\","
                  + " \"hasRights\": false, \"end\": \"2026-11-28T08:00:00Z\"}\n");
      assertThat(reply.headers())
          .containsEntry("content-type", "application/json")
          .containsEntry("cache-control", "no-store")
          .containsEntry("x-certificate-state", "current")
          .containsEntry("x-certificate-account", TOOL.toString());
    }
  }

  @Test
  void knowsTheCertificateAsNginxSendsIt() {
    String escaped = URLEncoder.encode(pem, UTF_8).replace("+", "%20");
    try (RawHttp gateway = gateway()) {
      assertThat(gateway.send(get(PATH, escaped)).read().headers())
          .containsEntry("x-certificate-account", TOOL.toString());
      assertThat(gateway.send(get(PATH, escaped.replace("%2B", "+"))).read().headers())
          .containsEntry("x-certificate-account", TOOL.toString());
      assertThat(gateway.send(get(PATH, escaped, escaped)).read().status()).isEqualTo(400);
      assertThat(gateway.send(get(PATH, "nonsense%")).read().status()).isEqualTo(400);
      assertThat(gateway.send(get(PATH)).read().status()).isEqualTo(400);
    }
  }

  @Test
  void refusesWhatIsUnknown() {
    try (RawHttp gateway = gateway()) {
      RawHttp.Reply reply = gateway.send(get(PATH + "/" + "f".repeat(64))).read();
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body()).isEqualTo("{\"state\": \"unknown\", \"hasRights\": false}\n");

      assertThat(gateway.send(get(PATH + "/f")).read().status()).isEqualTo(404);
      assertThat(gateway.send(get("/")).read().status()).isEqualTo(404);
      ready.set(false);
      assertThat(gateway.send(get(PATH + "/" + fingerprint)).read().status()).isEqualTo(503);
    }
  }

  /** A third of the connections says nothing, a third only shakes hands, a third dribbles. */
  @Test
  void answersWithinASecondBesideAThiefWhoHoldsManyConnections() {
    var held = new ArrayList<RawHttp>();
    var slow = new ArrayList<RawHttp>();
    try (RawHttp known = asked();
        var dribble = Executors.newSingleThreadScheduledExecutor()) {
      for (int i = 0; i < 500; i++) {
        held.add(RawHttp.connect(endpoint.address()));
        held.add(gateway());
        slow.add(gateway().send("GET /v1"));
      }
      Future<?> _ =
          dribble.scheduleWithFixedDelay(
              () -> slow.forEach(GatewayEndpointTest::dribble), 0, 50, TimeUnit.MILLISECONDS);

      try (RawHttp gateway = within(SECOND, this::asked)) {
        for (int i = 0; i < 20; i++) {
          RawHttp _ = within(SECOND, () -> ask(gateway));
          within(SECOND, this::asked).close();
        }
        RawHttp _ = within(SECOND, () -> ask(known));
        Waiting.until(
            "the thief's connections are ended",
            Duration.ofSeconds(20),
            () -> Stream.concat(held.stream(), slow.stream()).allMatch(RawHttp::isEnded));
        assertThat(ask(gateway)).as("idle meanwhile").isSameAs(gateway);
      }
    } finally {
      held.forEach(RawHttp::close);
      slow.forEach(RawHttp::close);
    }
  }

  @Test
  void endsHandshakesThatTakeTooLong() {
    try (RawHttp silent = RawHttp.connect(endpoint.address());
        RawHttp slow = RawHttp.connect(endpoint.address()).send("\u0016\u0003\u0001\u0002\0")) {
      // It has announced half a KiB of a handshake, which comes byte by byte.
      Waiting.until(
          "both are ended",
          Duration.ofSeconds(10),
          () -> {
            dribble(slow);
            return silent.isEnded() && slow.isEnded();
          });
    }
  }

  @Test
  void endsTheConnectionOfWhoSpeaksNoTls() {
    try (RawHttp plain = RawHttp.connect(endpoint.address())) {
      plain.send(get(PATH + "/" + fingerprint));
      Waiting.until("its end", Duration.ofSeconds(5), plain::isEnded);
    }
  }

  @Test
  void saysWhyItCannotBeServed() throws IOException {
    assertThatExceptionOfType(GatewayException.class)
        .isThrownBy(() -> start(endpoint.address().getPort()))
        .withMessageContaining("could not listen on")
        .withMessageContaining("for gateways: Address already in use");
    Path _ = Files.writeString(pair.key(), "nonsense");
    assertThatExceptionOfType(GatewayException.class)
        .isThrownBy(() -> start(0))
        .withMessageContaining("could not use " + pair.certificate());
  }

  private RawHttp asked() {
    return ask(gateway());
  }

  private RawHttp ask(RawHttp gateway) {
    assertThat(gateway.send(get(PATH + "/" + fingerprint)).read().body()).contains("asked");
    return gateway;
  }

  private static <T> T within(Duration time, Supplier<T> work) {
    long begun = System.nanoTime();
    T result = work.get();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(time);
    return result;
  }

  private static void dribble(RawHttp client) {
    try {
      RawHttp _ = client.send("\u0001");
    } catch (UncheckedIOException _) {
      // it was ended
    }
  }

  private RawHttp gateway() {
    return RawHttp.connect(endpoint.address(), tls);
  }

  private static String get(String path, String... certificates) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: h\r\n"
        + String.join(
            "",
            IntStream.range(0, certificates.length)
                .mapToObj(i -> "X-Client-Certificate: " + certificates[i] + "\r\n")
                .toList())
        + "\r\n";
  }

  private GatewayEndpoint start(int port) {
    Observed observed =
        Changed.record(Observed.nothing(TOOL), new RecordState.Known(record(fingerprint)));
    return GatewayEndpoint.start(
        new GatewaySettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            pair.certificate(),
            pair.key()),
        new CertificateIndex(
            () -> Map.of(TOOL, observed.record()), _ -> observed, () -> NOW, System::nanoTime),
        ready::get);
  }

  private static AccountRecord record(String fingerprint) {
    var credential =
        new Credential(
            new CredentialId("0".repeat(20)),
            1,
            fingerprint,
            "c".repeat(64),
            "1f",
            NOW.minus(Duration.ofDays(1)),
            NOW.plus(Duration.ofDays(1)));
    return AccountRecord.active(new Uid(1001), credential, List.of(), NOW, LastApplied.NONE);
  }
}
