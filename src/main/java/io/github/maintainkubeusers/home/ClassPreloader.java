package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.linux.Errno;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads what is used as a tenant before the first switch: the files that classes come from need not
 * be readable to tenants, and a class that could not be loaded once stays lost.
 */
final class ClassPreloader {
  private static final String SUFFIX = ".class";

  private ClassPreloader() {}

  static void everything() {
    List.of(Account.class, Errno.class, ClassPreloader.class).forEach(ClassPreloader::packageOf);
  }

  private static void packageOf(Class<?> member) {
    String folder = "/" + member.getPackageName().replace('.', '/');
    try {
      Path source = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(source)) {
        load(member, Path.of(source + folder));
        return;
      }
      try (var jar = FileSystems.newFileSystem(source)) {
        load(member, jar.getPath(folder));
      }
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      throw new HomeException(
          "could not load " + member.getPackageName() + ": " + e.getMessage(), e);
    }
  }

  private static void load(Class<?> member, Path folder)
      throws IOException, ClassNotFoundException {
    try (Stream<Path> files = Files.list(folder)) {
      for (String file : files.map(path -> path.getFileName().toString()).toList()) {
        if (file.endsWith(SUFFIX) && !file.equals("package-info.class")) {
          String name = file.substring(0, file.length() - SUFFIX.length());
          Class.forName(member.getPackageName() + "." + name, true, member.getClassLoader());
        }
      }
    }
  }
}
