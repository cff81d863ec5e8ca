package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * What lets the program start in half the time: what the JVM has learned of its classes in an
 * earlier run.
 */
public final class StartUpCache {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path JAR = Path.of("target/maintain-kubeusers.jar");

  /** Where {@code bin/maintain-kubeusers} finds it. */
  private static final Path USUAL = Path.of("target/maintain-kubeusers.aot");

  private StartUpCache() {}

  /** Lets the program do all that it usually does, and keeps what the JVM learns in the file. */
  public static void make(World world, Path file) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    world.addTool("trained", 50_001);
    world.addAdmins(60_001, "trainer");
    try (ProgramRun run =
        world.startLearning(
            unfinished.toAbsolutePath(),
            "--once",
            "explain trained",
            "status",
            "certificates check",
            "--interval=1")) {
      run.awaitPasses(2, PATIENCE);
      world
          .plane()
          .kubectl()
          .get("delete", "configmap", "maintain-kubeusers", "-n", "tool-trained");
      world.ldap().lockTool("trained");
      run.awaitPasses(run.passes() + 2, PATIENCE);
      run.terminate();
      Waiting.until(
          "the end of the program, which writes the cache", PATIENCE, () -> !run.isAlive());
      if (!Files.isRegularFile(unfinished)) {
        throw new IllegalStateException("there is no cache:\n" + run.output());
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("could not keep the cache as " + file, e);
    }
  }

  /** Makes one for the program that is built, unless there is one. */
  static void makeWhenOutdated(World world) {
    try {
      if (!Files.exists(USUAL)
          || Files.getLastModifiedTime(USUAL).compareTo(Files.getLastModifiedTime(JAR)) <= 0) {
        make(world, USUAL);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not look at the start-up cache", e);
    }
  }
}
