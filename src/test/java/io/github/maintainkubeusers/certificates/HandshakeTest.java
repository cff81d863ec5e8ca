package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.LoopbackProxy;
import io.github.maintainkubeusers.testing.TlsServer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
  private static final Duration SHORT = Duration.ofMillis(500);

  private final Handshake handshake = new Handshake(Duration.ofSeconds(10));

  /** An etcd, for one, talks to nobody without a client certificate. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesWhatAServerShows(boolean demanding, @TempDir Path folder) {
    Authority.create(folder, "stranger").issue("server", "CN=server");
    try (TlsServer server = TlsServer.start("127.0.0.1", folder, "server", demanding)) {
      List<ParsedCertificate> chain =
          handshake.certificates(InetAddress.getLoopbackAddress(), "localhost", server.port());

      assertThat(chain)
          .first()
          .isEqualTo(ParsedCertificate.of(Certificates.read(folder.resolve("server.crt"))));
    }
  }

  /** One that accepts connections and says nothing, and one that stops in the middle. */
  @ParameterizedTest
  @ValueSource(longs = {0, 20})
  void waitsNoLongerThanItMay(long answerLimit, @TempDir Path folder) {
    Authority.create(folder, "ca").issue("server", "CN=server");
    try (TlsServer server = TlsServer.start("127.0.0.1", folder, "server", false);
        LoopbackProxy silent = LoopbackProxy.falling(server.port(), answerLimit)) {
      long start = System.nanoTime();

      assertThatExceptionOfType(HandshakeException.class)
          .isThrownBy(
              () ->
                  new Handshake(SHORT)
                      .certificates(InetAddress.getLoopbackAddress(), "localhost", silent.port()))
          .withMessage(
              "could not look at localhost:"
                  + silent.port()
                  + " (127.0.0.1): no TLS server answers there within 500 ms");

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.multipliedBy(10));
    }
  }

  @Test
  void namesAServerThatIsNotThere() {
    assertThatExceptionOfType(HandshakeException.class)
        .isThrownBy(() -> handshake.addresses("nowhere.invalid"))
        .withMessage("could not look at nowhere.invalid: the name has no address");
  }
}
