package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where etcd, kube-apiserver, kube-controller-manager and kubectl are: as {@code dev/control-plane}
 * says.
 */
final class Binaries {
  private final Path folder;

  private Binaries(Path folder) {
    this.folder = folder;
  }

  /** Fills the cache when it is empty, which takes minutes; the script shows its progress. */
  static Binaries find() {
    try {
      Process script =
          new ProcessBuilder("dev/control-plane")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String output =
          new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (script.waitFor() != 0) {
        throw new IllegalStateException(
            "dev/control-plane ended with status " + script.exitValue());
      }
      return new Binaries(Path.of(output));
    } catch (IOException e) {
      throw new UncheckedIOException("could not run dev/control-plane", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }
}
