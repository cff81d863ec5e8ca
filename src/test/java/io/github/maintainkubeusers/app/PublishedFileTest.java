package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedFileTest {
  @TempDir private Path folder;

  @Test
  void aReaderOfTheOldOneGoesOnReadingIt() throws IOException {
    Path file = Files.writeString(folder.resolve("page.html"), "old");
    try (var reader = Files.newBufferedReader(file)) {
      new PublishedFile(file).write("new");

      assertThat(reader.readLine()).isEqualTo("old");
    }
    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryContaining(file::equals);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void leavesNothingBehindWhenItCannotBePutInPlace() throws IOException {
    Path file = Files.createDirectories(folder.resolve("page.html/full")).getParent();

    assertThatIOException().isThrownBy(() -> new PublishedFile(file).write("new"));

    assertThat(folder.toFile().list()).containsExactly("page.html");
    assertThat(file.resolve("full")).exists();
  }

  @Test
  void aLinkStays() throws IOException {
    Path file = Files.writeString(folder.resolve("page.html"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.html"), Path.of("page.html"));

    new PublishedFile(link).write("new");

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void whatIsNoFileIsWrittenTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("sink"), Path.of("/dev/null"));

    new PublishedFile(link).write("new");

    assertThat(link).isSymbolicLink();
    assertThat(folder.toFile().list()).containsExactly("sink");
  }
}
