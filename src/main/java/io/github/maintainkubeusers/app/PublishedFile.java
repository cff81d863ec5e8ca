package io.github.maintainkubeusers.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that others read while it is replaced: they see the old content or the new one. A link
 * stays, and what it leads to is replaced; a terminal or a pipe is written to.
 */
record PublishedFile(Path path) {
  void write(String content) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      Files.writeString(path, content, StandardOpenOption.WRITE);
      return;
    }
    Path absolute = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    Path draft =
        absolute.resolveSibling(
            "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    try {
      Files.write(
          draft,
          content.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      Files.move(draft, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
