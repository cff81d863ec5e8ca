package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.testing.Victim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What an owner does to a home, and takes back. Whatever is not there is left alone. */
final class HomeDamage {
  private static final String NOT_YAML = "users: [";

  private HomeDamage() {}

  static void breakKubeconfig(Victim victim) {
    try {
      if (Files.exists(victim.kubeconfig())) {
        Files.writeString(victim.kubeconfig(), NOT_YAML);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets nothing be written into the folder of the credentials. */
  static void seal(Victim victim) {
    setMode(victim, "r-x------");
  }

  static void mend(Victim victim) {
    setMode(victim, "rwx------");
    try {
      if (Files.exists(victim.kubeconfig())
          && Files.readString(victim.kubeconfig()).equals(NOT_YAML)) {
        Files.delete(victim.kubeconfig());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void setMode(Victim victim, String mode) {
    Path folder = victim.certificate().getParent();
    try {
      if (Files.isDirectory(folder)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
