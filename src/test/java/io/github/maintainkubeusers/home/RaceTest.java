package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeFile.KUBECONFIG;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_CERTIFICATE;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A tenant swaps links, pipes and hard links in and out of its home while the controller works
 * there. Runs for 30 seconds, or as many as the system property {@code race.seconds} says.
 */
@Timeout(300)
@RootOnly
class RaceTest {
  private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("race.seconds", 30));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private HomeWorld world;
  private Process attacker;
  private int done;
  private int refused;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv (util-linux) is needed");
    world = new HomeWorld();
    CapabilityTest.copyClasses(world.base.resolve("classes"), Account.class, RaceAttacker.class);
  }

  @AfterEach
  void close() throws InterruptedException {
    stopAttacker();
    world.close();
  }

  @Test
  void noAttackReachesOutsideOrHoldsUpAnything() throws Exception {
    try (var homes = world.homes()) {
      homes.prepare(world.tool);
      attack(true);
      long longest = 0;
      for (long start = System.nanoTime(); System.nanoTime() - start < LENGTH.toNanos(); ) {
        long before = System.nanoTime();
        everything(homes);
        longest = Math.max(longest, System.nanoTime() - before);
      }
      stopAttacker();
      System.out.println(
          done
              + " operations came through, "
              + refused
              + " were refused, the longest round took "
              + Duration.ofNanos(longest));

      world.assertNothingTouchedOutside(Canary::assertUntouchedButForItsNames);
      assertThat(FilesystemIdentityTest.foreignThreads()).isEmpty();
      assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(5));
      assertThat(homes.stuckWorkers()).isZero();
      assertThat(done).as("operations that came through").isGreaterThan(100);
      assertThat(refused).as("operations that were disturbed").isGreaterThan(100);
    }
  }

  /**
   * The same attack on a writer that uses paths: it must succeed, else the test above shows
   * nothing.
   */
  @Test
  void theSameAttackGetsTheBetterOfAWriterThatUsesPaths() throws Exception {
    try (var homes = world.homes()) {
      homes.prepare(world.tool);
    }
    attack(false);
    long start = System.nanoTime();
    boolean escaped = false;
    while (!escaped && System.nanoTime() - start < PATIENCE.toNanos()) {
      attempt(this::writeByPath);
      escaped = !isUntouched();
    }
    System.out.println("escaped after " + Duration.ofNanos(System.nanoTime() - start));
    assertThat(escaped).isTrue();
  }

  private void everything(UnixHomes homes) {
    attempt(() -> homes.prepare(world.tool));
    attempt(
        () ->
            assertThat(homes.read(world.tool, EnumSet.allOf(HomeFile.class)).values())
                .noneMatch(content -> new String(content, UTF_8).startsWith("secret")));
    attempt(
        () -> {
          Set<HomeFile> _ =
              homes.write(
                  world.tool, List.of(write(TOOL_KEY), write(TOOL_CERTIFICATE), write(KUBECONFIG)));
        });
    attempt(() -> homes.markDisabled(world.tool, true));
    attempt(() -> homes.markDisabled(world.tool, false));
  }

  private void attempt(Runnable operation) {
    try {
      operation.run();
      done++;
    } catch (HomeException _) {
      refused++;
    }
  }

  /** What one would write first, and what seems careful. */
  private void writeByPath() {
    try {
      Path folder = world.in(".kube");
      if (!Files.isSymbolicLink(folder)) {
        Files.createDirectories(folder);
        HomeWorld.own(folder, world.tool.uid().value(), 0755);
        Path config = folder.resolve("config");
        if (!Files.isSymbolicLink(config)) {
          Files.writeString(config, "new");
          HomeWorld.own(config, world.tool.uid().value(), 0600);
        }
      }
    } catch (IOException e) {
      throw new HomeException("could not write: " + e.getMessage(), e);
    }
  }

  private boolean isUntouched() {
    try {
      world.assertNothingTouchedOutside(Canary::assertUntouchedButForItsNames);
      return true;
    } catch (AssertionError e) {
      System.out.println(e.getMessage());
      return false;
    }
  }

  private void attack(boolean withPipes) throws Exception {
    Path stash = Files.createDirectory(world.in("stash"));
    HomeWorld.own(stash, world.tool.uid().value(), 0755);
    if (withPipes) {
      for (int i = 0; i < 200; i++) {
        HostileThing.HARD_LINK_TO_ROOTS_FILE.put(world, stash.resolve("root-" + i));
        HostileThing.HARD_LINK_TO_OWLS_FILE.put(world, stash.resolve("owl-" + i));
        HostileThing.HUGE_SPARSE_FILE.put(world, stash.resolve("huge-" + i));
        HostileThing.SOCKET.put(world, stash.resolve("socket-" + i));
      }
      HomeWorld.shell("cd '" + stash + "' && mkfifo $(seq -f pipe-%g 400) && chown 61001 pipe-*");
    }
    Files.setAttribute(world.base.resolve("root-folder"), "unix:mode", 0700);
    world.watch();
    attacker =
        new ProcessBuilder(
                "setpriv",
                "--reuid=61001",
                "--regid=61001",
                "--clear-groups",
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                world.base + "/classes",
                RaceAttacker.class.getName(),
                world.in("").toString(),
                world.base.toString(),
                Boolean.toString(withPipes))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(attacker.getInputStream().read()).as("the attacker's first word").isEqualTo('a');
  }

  private void stopAttacker() throws InterruptedException {
    if (attacker != null) {
      attacker.destroyForcibly().waitFor();
    }
  }

  private static HomeWrite write(HomeFile file) {
    return new HomeWrite(file, Long.toString(System.nanoTime()).getBytes(UTF_8), Optional.empty());
  }
}
