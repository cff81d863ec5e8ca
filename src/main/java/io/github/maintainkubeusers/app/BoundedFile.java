package io.github.maintainkubeusers.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that somebody names, of which no more is read than a certificate could need. */
final class BoundedFile {
  static final int MOST_BYTES = 1 << 20;

  private BoundedFile() {}

  /**
   * @throws InputException when it cannot be read or is larger than it may be
   */
  static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new InputException("could not read " + file + ": there is no such file", e);
    } catch (IOException e) {
      throw new InputException("could not read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The same for a file that a stranger's kubeconfig names, which may be a pipe that nobody ever
   * writes to.
   */
  static byte[] readRegular(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException("could not read " + file + ": there is no such file", null);
    }
    return read(file);
  }

  static byte[] read(InputStream in, String name) {
    try {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new InputException(
            "could not read " + name + ": it is larger than " + MOST_BYTES + " bytes", null);
      }
      return bytes;
    } catch (IOException e) {
      throw new InputException("could not read " + name + ": " + e.getMessage(), e);
    }
  }
}
