package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.Thief;
import io.github.maintainkubeusers.testing.Victim;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * etcd goes back to an older copy under a controller that runs, and whose watches know versions of
 * the future.
 */
class RestoredEtcdIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void whatHappensAfterwardsIsNoticedWithoutARestart() {
    try (ControlPlane plane = ControlPlane.start();
        TestLdapServer ldap = TestLdapServer.start(plane.folder())) {
      World world = World.create(plane, ldap);
      Victim tool = Victim.tool(world, "restored");
      Victim later = Victim.tool(world, "later");
      world.addTool("restored", 50_001);
      assertThat(world.run("--once").status()).isZero();
      Path copy = folder.resolve("copy");
      plane.restartWith(data -> copy(data, copy));
      try (Thief thief = new Thief();
          ProgramRun program = world.start("--interval=1")) {
        var _ = thief.stealNew(tool, program::output);
        world.addTool("later", 50_002);
        var _ = thief.stealNew(later, program::output);
        advance(plane.kubectl());

        plane.restartWith(
            data -> {
              delete(data);
              copy(copy, data);
            });

        Object _ =
            Waiting.untilPassed(
                SOON,
                () ->
                    assertThat(later.recorded("serial"))
                        .as("the lost namespace is made again\n" + program.output())
                        .isNotEmpty());
        tool.requestCredentials();
        Thief.assertPowerful(thief.stealNew(tool, program::output));
      }
    }
  }

  /**
   * So that versions after the backup are far ahead of those in it, and of what servers write when
   * they start.
   */
  private static void advance(Kubectl kubectl) {
    String maps =
        IntStream.range(0, 600)
            .mapToObj(
                i ->
                    """
                    ---
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: map-%d, namespace: default}
                    """
                        .formatted(i))
            .collect(Collectors.joining());
    kubectl.apply(maps);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
