package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.SecretFormat;
import io.github.maintainkubeusers.reconcile.CredentialFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files for issued credentials, which their owner alone can read. None takes the place of another:
 * a key that is overwritten cannot be had again.
 */
sealed interface IssuedFiles {
  /** Each thing in a file of its own. */
  record InFolder(Path folder) implements IssuedFiles {
    @Override
    public List<Path> paths() {
      return SecretFormat.PEM.keys().stream().sorted().map(folder::resolve).toList();
    }

    @Override
    public void write(CredentialFiles credentials) {
      try {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (IOException e) {
        throw new InputException("could not make the folder " + folder + ": " + e.getMessage(), e);
      }
      var files = new TreeMap<Path, byte[]>();
      credentials
          .in(SecretFormat.PEM)
          .forEach((name, content) -> files.put(folder.resolve(name), content));
      create(files);
    }
  }

  /** One file that holds all of it. */
  record InKubeconfig(Path file) implements IssuedFiles {
    @Override
    public List<Path> paths() {
      return List.of(file);
    }

    @Override
    public void write(CredentialFiles credentials) {
      create(Map.of(file, credentials.kubeconfig()));
    }
  }

  /** Where they will stand. */
  List<Path> paths();

  /**
   * @throws InputException when a file stands there already or cannot be made; then none is left
   */
  void write(CredentialFiles credentials);

  /**
   * @throws InputException when a file stands there already
   */
  default void requireFree() {
    paths().stream()
        .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .ifPresent(
            path -> {
              throw exists(path, null);
            });
  }

  private static void create(Map<Path, byte[]> files) {
    var made = new ArrayList<Path>();
    try {
      for (var file : files.entrySet()) {
        try (var channel =
            Files.newByteChannel(
                file.getKey(),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")))) {
          made.add(file.getKey());
          Object _ = channel.write(java.nio.ByteBuffer.wrap(file.getValue()));
        }
      }
    } catch (IOException e) {
      made.forEach(IssuedFiles::remove);
      throw e instanceof FileAlreadyExistsException
          ? exists(Path.of(e.getMessage()), e)
          : new InputException("could not write the credentials: " + e.getMessage(), e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // The failure that is told is the first.
    }
  }

  private static InputException exists(Path path, IOException cause) {
    return new InputException(
        "could not write " + path + ": it exists; nothing is overwritten", cause);
  }
}
