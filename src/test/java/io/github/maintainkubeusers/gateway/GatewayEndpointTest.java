package io.github.maintainkubeusers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.certificates.CertificateIndex;
import io.github.maintainkubeusers.testing.LoopbackPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayEndpointTest {
  @TempDir private Path folder;
  private GatewayEndpoint endpoint;
  private HttpClient client;

  @BeforeEach
  void start() {
    LoopbackPair pair = LoopbackPair.write(folder);
    endpoint =
        GatewayEndpoint.start(
            new GatewaySettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                pair.certificate(),
                pair.key()),
            new CertificateIndex(
                Map::of,
                id -> {
                  throw new IllegalArgumentException(id.toString());
                },
                Clock.systemUTC(),
                System::nanoTime),
            () -> true);
    client = HttpClient.newBuilder().sslContext(pair.trusting()).build();
  }

  @AfterEach
  void end() {
    client.close();
    endpoint.close();
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException, InterruptedException {
    HttpResponse<String> unknown = ask("/v1/certificates/" + "F".repeat(64));
    assertThat(unknown.statusCode()).isEqualTo(403);
    assertThat(unknown.body()).contains("\"state\": \"unknown\"");
    assertThat(unknown.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(ask("/v1/certificates").statusCode()).isEqualTo(400);
    assertThat(ask("/v1/certificates/1").statusCode()).isEqualTo(404);
    assertThat(ask("/").statusCode()).isEqualTo(404);
  }

  /** Some speak no TLS, some send a part of a handshake, and all hold what they have. */
  @Test
  void answersAGatewayWithinASecondBesideOneWhoHoldsAThousandConnections()
      throws IOException, InterruptedException {
    assertThat(ask("/v1/certificates/" + "f".repeat(64)).statusCode()).isEqualTo(403);
    var held = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 1500; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.address().getPort());
        if (i % 3 == 0) {
          socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0});
        }
        held.add(socket);
      }
      for (int i = 0; i < 20; i++) {
        long begun = System.nanoTime();
        assertThat(ask("/v1/certificates/" + "f".repeat(64)).statusCode()).isEqualTo(403);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      }
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(
                URI.create("https://localhost:" + endpoint.address().getPort() + path))
            .timeout(Duration.ofSeconds(10))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
