package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.testing.CapturedLog;
import io.github.maintainkubeusers.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaFileTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T03:50:14Z"));
  private final byte[] one = TestingAuthority.root("CN=one", clock.instant()).certificate();
  private final byte[] other = TestingAuthority.root("CN=other", clock.instant()).certificate();
  private Path path;
  private CaFile file;

  @BeforeEach
  void choose(@TempDir Path folder) {
    path = folder.resolve("ca.crt");
    file = new CaFile(path, clock);
  }

  @Test
  void isReadAgainAfterAWhile() throws IOException {
    Files.write(path, one);
    file.load();
    Files.write(path, other);

    clock.advance(Duration.ofSeconds(5));
    assertThat(file.current()).isEqualTo(one);
    clock.advance(Duration.ofMillis(1));
    assertThat(file.current()).isEqualTo(other);
  }

  @Test
  void isWhatItWasWhileItCannotBeReadAndSaysSoOnce() throws IOException {
    Files.write(path, one);
    file.load();
    Files.delete(path);
    try (var log = new CapturedLog()) {
      for (int i = 0; i < 3; i++) {
        clock.advance(Duration.ofMinutes(1));
        assertThat(file.current()).isEqualTo(one);
      }
      assertThat(log.messages(Level.WARN))
          .singleElement()
          .asString()
          .contains("cannot be read, those of before are taken", path.toString());
    }
  }

  @Test
  void mustHaveCertificatesAtTheStart() throws IOException {
    assertFault("NoSuchFileException");
    Files.writeString(path, "");
    assertFault("there is no certificate in it");
    Files.writeString(path, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertFault("");
    Files.write(path, new byte[(1 << 20) + 1]);
    assertFault("it has more than 1048576 bytes");
  }

  private void assertFault(String reason) {
    assertThatThrownBy(file::load)
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("could not read the client CAs in " + path + ": ")
        .hasMessageContaining(reason);
  }
}
