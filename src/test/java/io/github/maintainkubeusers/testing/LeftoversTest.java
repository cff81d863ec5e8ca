package io.github.maintainkubeusers.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LeftoversTest {
  @Test
  void whatAKilledRunLeftIsEndedAndDeletedAtTheNextStart() throws IOException {
    Path run = Leftovers.newFolder("leftovers-test");
    Process starter = sleeper();
    Process server = sleeper();
    Process another = sleeper();
    Files.writeString(
        run.resolve("processes"),
        Leftovers.line(starter.toHandle()) + Leftovers.line(server.toHandle()));
    Files.writeString(
        Files.createDirectory(run.resolve("slapd")).resolve("processes"),
        Leftovers.line(another.toHandle()));
    starter.destroyForcibly().onExit().join();

    Path next = Leftovers.newFolder("leftovers-test");

    assertThat(server.isAlive()).isFalse();
    assertThat(another.isAlive()).isFalse();
    assertThat(run).doesNotExist();
    Leftovers.delete(next);
  }

  @Test
  void whatARunningStarterHasIsLeftAlone() throws IOException {
    Path run = Leftovers.newFolder("leftovers-test");
    Process server = sleeper();
    try {
      Files.writeString(
          run.resolve("processes"),
          Leftovers.line(ProcessHandle.current()) + Leftovers.line(server.toHandle()));
      Path next = Leftovers.newFolder("leftovers-test");
      assertThat(server.isAlive()).isTrue();
      assertThat(run).exists();
      Leftovers.delete(next);
    } finally {
      server.destroyForcibly();
      Leftovers.delete(run);
    }
  }

  @Test
  void aProcessThatOnlyHasTheSameNumberIsLeftAlone() throws IOException {
    Path run = Leftovers.newFolder("leftovers-test");
    Process starter = sleeper();
    Process stranger = sleeper();
    try {
      Files.writeString(
          run.resolve("processes"),
          Leftovers.line(starter.toHandle()) + stranger.pid() + " 2001-01-01T00:00:00Z\n");
      starter.destroyForcibly().onExit().join();
      Path next = Leftovers.newFolder("leftovers-test");
      assertThat(stranger.isAlive()).isTrue();
      assertThat(run).doesNotExist();
      Leftovers.delete(next);
    } finally {
      stranger.destroyForcibly();
    }
  }

  private static Process sleeper() throws IOException {
    return new ProcessBuilder("sleep", "60").start();
  }
}
