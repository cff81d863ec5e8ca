package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The other tests hold as far as a canary notices what is done to it. */
@RootOnly
class CanaryTest {
  private HomeWorld world;
  private Path secret;
  private Path folder;

  @BeforeEach
  void open() throws IOException {
    world = new HomeWorld();
    secret = world.base.resolve("root-secret");
    folder = world.base.resolve("root-folder");
    world.watch();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void isUntouchedByBeingLookedAt() {
    assertThatCode(
            () -> {
              world.assertNothingTouchedOutside();
              world.assertNothingTouchedOutside();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void noticesReading() throws IOException {
    Files.readString(secret);
    assertNoticed();
  }

  @Test
  void noticesWritingThatWasCoveredUp() throws IOException {
    FileTime before = Files.getLastModifiedTime(secret);
    String content = "Secret of root-secret";
    Files.writeString(secret, content);
    Files.setLastModifiedTime(secret, before);
    assertNoticed();
  }

  @Test
  void noticesAModeThatWasPutBack() throws IOException {
    for (String mode : new String[] {"rw-r--r--", "rw-------"}) {
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(mode));
    }
    assertNoticed();
  }

  @Test
  void noticesAnOwnerThatWasPutBack() throws IOException {
    Files.setAttribute(secret, "unix:uid", 61001);
    Files.setAttribute(secret, "unix:uid", 0);
    assertNoticed();
  }

  @Test
  void noticesReplacement() throws IOException {
    Path other = Files.copy(secret, world.base.resolve("other"));
    Files.move(other, secret, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertNoticed();
  }

  @Test
  void noticesFilesThatCameAndWentInAFolder() throws IOException {
    Files.delete(Files.createFile(folder.resolve("short-lived")));
    assertNoticed();
  }

  private void assertNoticed() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> world.assertNothingTouchedOutside());
  }
}
