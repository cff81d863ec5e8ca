package io.github.maintainkubeusers.app;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.credential.ServerPair;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.testing.FreePorts;
import io.github.maintainkubeusers.testing.LoopbackPair;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.RawHttp;
import io.github.maintainkubeusers.testing.ServerProcess;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What gateways are told of certificates that their clients show. */
@ExtendWith(WorldExtension.class)
class GatewayIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Path NGINX = Path.of("/usr/local/bin/nginx");

  /** As docs/certificates.md has it, for the ports and files of this test. */
  private static final String ASK =
      """
      location = /ask {
          internal;
          proxy_pass https://maintain-kubeusers-gateway.maintain-kubeusers.svc:9002/v1/certificates;
          proxy_pass_request_body off;
          proxy_pass_request_headers off;
          proxy_set_header Content-Length "";
          proxy_set_header X-Client-Certificate $ssl_client_escaped_cert;
          proxy_ssl_verify on;
          proxy_ssl_name maintain-kubeusers-gateway.maintain-kubeusers.svc;
          proxy_ssl_trusted_certificate /etc/nginx/maintain-kubeusers-ca.crt;
      }
      """;

  private static final int MORE_THAN_ITS_CONNECTIONS = 600;

  private static final String SERVER = "maintain-kubeusers-gateway.maintain-kubeusers.svc";

  /** For connections that stay, as the same document has them. */
  private static final List<String> KEPT =
      List.of("proxy_http_version 1.1;", "proxy_set_header Connection \"\";");

  private World world;
  private LoopbackPair pair;
  private int port;
  private List<Integer> fronts;

  @BeforeEach
  void configure(World given) throws IOException {
    world = given;
    port = FreePorts.next();
    pair = LoopbackPair.write(world.folder());
    Files.write(world.folder().resolve("gateways-ca.crt"), pair.authority().certificate());
    world.writeConfig(
        """
        credentials: {gracePeriod: 0s}
        gateway: {address: 127.0.0.1, port: %d, certificate: %s, key: %s}
        """
            .formatted(port, pair.certificate(), pair.key()));
    world.addTool("asked", 50_001);
  }

  @Test
  void areToldWithinASecondThatACertificateWasRevoked() throws Exception {
    try (ProgramRun program = world.start("--interval=3600")) {
      String current = fingerprint(awaitHome(program));
      HttpClient client = HttpClient.newBuilder().sslContext(pair.trusting()).build();
      Waiting.until(
          "the answer\n" + program.output(), SOON, () -> ask(client, current).statusCode() == 200);
      assertThat(ask(client, current).body())
          .contains("\"name\": \"asked\"", "\"generation\": 1", "\"state\": \"current\"");
      assertThat(ask(client, "f".repeat(64)).statusCode()).isEqualTo(403);
      assertThat(ask(client, "f".repeat(64)).body()).contains("\"state\": \"unknown\"");
      assertThat(ask(client, "nonsense").statusCode()).isEqualTo(404);

      ProgramRun revoked = world.run("revoke", "asked");
      long ended = System.nanoTime();
      Waiting.until(
          "the refusal", Duration.ofSeconds(1), () -> ask(client, current).statusCode() == 403);
      assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(Duration.ofSeconds(1));
      assertThat(revoked.status()).isZero();

      Path home = world.toolHome("asked");
      Waiting.until(
          "the new certificate", SOON, () -> ask(client, fingerprint(home)).statusCode() == 200);
      assertThat(ask(client, fingerprint(home)).body()).contains("\"generation\": 2");
      assertThat(ask(client, current).body()).contains("\"state\": \"revoked\"");
    }
  }

  /** In the heap of {@code bin/jvm.options}, without which the program would end at once. */
  @Test
  void areToldBesideConnectionsThatAreFilledToTheirBound() throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    String filled = "GET /v1 HTTP/1.1\r\nHost: x\r\nX-Client-Certificate: " + "x".repeat(16_200);
    var held = new ArrayList<RawHttp>();
    try (ProgramRun program = world.start("--interval=3600")) {
      String current = fingerprint(awaitHome(program));
      HttpClient client = HttpClient.newBuilder().sslContext(pair.trusting()).build();
      Waiting.until(
          "the answer\n" + program.output(), SOON, () -> ask(client, current).statusCode() == 200);

      for (int i = 0; i < MORE_THAN_ITS_CONNECTIONS; i++) {
        held.add(RawHttp.connect(address, pair.trusting()).send(filled));
        if (i % 50 == 0) {
          assertThat(ask(client, current).statusCode()).isEqualTo(200);
        }
      }

      assertThat(ask(client, current).statusCode()).isEqualTo(200);
      assertThat(program.isAlive()).as(program.output()).isTrue();
    } finally {
      held.forEach(RawHttp::close);
    }
  }

  @Test
  void anNginxInFrontOfAStubRefusesRevokedAndSupersededCertificates() throws Exception {
    assumeTrue(Files.isExecutable(NGINX), "nginx is not installed: see .ci/run");
    assertThat(Files.readString(Path.of("docs/certificates.md"))).contains(ASK).contains(KEPT);
    fronts = List.of(FreePorts.next(), FreePorts.next());
    try (ProgramRun program = world.start("--interval=3600");
        ServerProcess nginx = nginx()) {
      Path first = copy(awaitHome(program), "first");
      nginx.await(() -> statuses(first).equals(Set.of(200)), SOON);

      assertThat(statuses(stranger())).as("signed by nobody here").containsExactly(403);
      world.kubectl(world.toolHome("asked")).get("delete", "configmap", "maintain-kubeusers");
      Path home = world.toolHome("asked");
      Waiting.until("the refusal of the old one", SOON, () -> statuses(first).equals(Set.of(403)));
      Waiting.until(
          "the new one", SOON, () -> statuses(home.resolve(".toolskube")).equals(Set.of(200)));
      Path second = copy(home, "second");

      Object _ = world.run("revoke", "asked");
      Waiting.until(
          "the refusal", Duration.ofSeconds(2), () -> statuses(second).equals(Set.of(403)));
    }
  }

  /**
   * The stub says 200 to whoever is let through. Of two fronts, one connects for each question, and
   * the other keeps its connections.
   */
  private ServerProcess nginx() throws IOException {
    int stub = FreePorts.next();
    Path folder = Files.createDirectories(world.folder().resolve("nginx"));
    String ask =
        ASK.replace("proxy_ssl_name " + SERVER, "proxy_ssl_name localhost")
            .replace(
                "/etc/nginx/maintain-kubeusers-ca.crt",
                world.folder().resolve("gateways-ca.crt").toString());
    Path config =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            pid %1$s/pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                upstream kept { server 127.0.0.1:%3$d; keepalive 8; }
                server { listen 127.0.0.1:%2$d; return 200 "here"; }
            """
                    .formatted(folder, stub, port)
                + front(fronts.getFirst(), stub, ask.replace(SERVER + ":9002", "127.0.0.1:" + port))
                + front(
                    fronts.getLast(),
                    stub,
                    ask.replace(SERVER + ":9002", "kept")
                        .replace("internal;", "internal; " + String.join(" ", KEPT)))
                + "}\n");
    return ServerProcess.start(
        folder,
        "nginx",
        List.of(NGINX.toString(), "-p", folder.toString(), "-c", config.toString()));
  }

  private String front(int listen, int stub, String ask) {
    return """
    server {
        listen 127.0.0.1:%1$d ssl;
        ssl_certificate %2$s;
        ssl_certificate_key %3$s;
        ssl_verify_client optional_no_ca;
        location / { auth_request /ask; proxy_pass http://127.0.0.1:%4$d; }
        %5$s
    }
    """
        .formatted(listen, pair.certificate(), pair.key(), stub, ask);
  }

  /** What the owner of the pair in the folder is told by each front, twice. */
  private Set<Integer> statuses(Path home) {
    return Stream.concat(fronts.stream(), fronts.stream())
        .map(front -> status(front, home))
        .collect(toSet());
  }

  private int status(int front, Path home) {
    try {
      ServerPair shown =
          ServerPair.parse(
              Files.readAllBytes(home.resolve("client.crt")),
              Files.readAllBytes(home.resolve("client.key")));
      try (HttpClient client = HttpClient.newBuilder().sslContext(pair.trusting(shown)).build()) {
        return client
            .send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + front + "/")).build(),
                HttpResponse.BodyHandlers.ofString())
            .statusCode();
      }
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private HttpResponse<String> ask(HttpClient client, String fingerprint) {
    try {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("https://localhost:" + port + "/v1/certificates/" + fingerprint))
              .timeout(Duration.ofSeconds(10))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Path awaitHome(ProgramRun program) {
    Path home = world.toolHome("asked");
    Waiting.until(
        "the tool's rights\n" + program.output(),
        SOON,
        () -> world.kubectl(home).run("get", "configmap", "maintain-kubeusers").succeeded());
    return home;
  }

  private static String fingerprint(Path home) {
    try {
      return ParsedCertificate.parse(Files.readAllBytes(home.resolve(".toolskube/client.crt")))
          .getFirst()
          .fingerprint();
    } catch (IOException e) {
      throw new IllegalStateException("no certificate in " + home, e);
    }
  }

  private Path copy(Path home, String name) throws IOException {
    Path target = Files.createDirectories(world.folder().resolve(name));
    for (String file : List.of("client.crt", "client.key")) {
      Files.copy(home.resolve(".toolskube").resolve(file), target.resolve(file));
    }
    return target;
  }

  private Path stranger() throws IOException {
    Path target = Files.createDirectories(world.folder().resolve("stranger"));
    KeyPair own = TestingAuthority.ecPair();
    Instant now = Clock.systemUTC().instant();
    Files.write(target.resolve("client.key"), TestingAuthority.pem(own));
    Files.write(
        target.resolve("client.crt"),
        pair.authority()
            .certificateOf(own.getPublic())
            .from(now.minusSeconds(60))
            .until(now.plusSeconds(3600))
            .sign());
    return target;
  }
}
