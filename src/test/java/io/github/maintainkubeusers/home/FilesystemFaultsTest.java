package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeFile.KUBECONFIG;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_CERTIFICATE;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.linux.Architecture;
import io.github.maintainkubeusers.linux.Errno;
import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.linux.NativeKernel;
import io.github.maintainkubeusers.linux.SystemCall;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@RootOnly
class FilesystemFaultsTest {
  private static final String BIG = "x".repeat(HomeWorld.MAX_BYTES);

  private HomeWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new HomeWorld();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aFullDiskLeavesEverythingAsItWas() {
    HomeWorld.shell("mount -t tmpfs -o size=128k,mode=755 none '" + world.tools + "'");
    try (var homes = world.homes()) {
      homes.prepare(world.tool);
      homes.write(world.tool, List.of(write(TOOL_KEY, "old"), write(KUBECONFIG, "old")));

      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(
              () ->
                  homes.write(
                      world.tool,
                      List.of(
                          write(TOOL_KEY, "new"),
                          write(TOOL_CERTIFICATE, BIG),
                          write(KUBECONFIG, BIG))))
          .withMessageEndingWith(" of tool fox: No space left on device (ENOSPC)")
          .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.SYSTEM));

      assertThat(world.in(".toolskube/client.key")).hasContent("old");
      assertThat(world.in(".kube/config")).hasContent("old");
      assertThat(world.in(".toolskube").toFile().list()).containsExactly("client.key");
      assertThat(world.in(".kube").toFile().list()).containsExactly("config");
      assertThat(homes.write(world.tool, List.of(write(KUBECONFIG, "new"))))
          .containsExactly(KUBECONFIG);
    } finally {
      HomeWorld.shell("umount '" + world.tools + "'");
    }
  }

  @Test
  void saysThatTheFilesystemIsReadOnly() {
    HomeWorld.shell("mount -t tmpfs -o size=128k,mode=755 none '" + world.tools + "'");
    try (var homes = world.homes()) {
      homes.prepare(world.tool);
      homes.write(world.tool, List.of(write(KUBECONFIG, "old")));
      HomeWorld.shell("mount -o remount,ro '" + world.tools + "'");

      assertFails("Read-only file system (EROFS)", () -> homes.prepare(world.tool));
      assertThat(homes.write(world.tool, List.of(write(KUBECONFIG, "old")))).isEmpty();
      assertFails(
          "Read-only file system (EROFS)",
          () -> homes.write(world.tool, List.of(write(KUBECONFIG, "1"))));
      assertFails("Read-only file system (EROFS)", () -> homes.markDisabled(world.tool, true));
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> homes.prepare(world.neighbour))
          .withMessage(
              "could not create "
                  + world.tools
                  + "/owl of tool owl: Read-only file system (EROFS)");
    } finally {
      HomeWorld.shell("umount '" + world.tools + "'");
    }
  }

  /** Those that the kernel cannot be brought to here are put into its mouth. */
  @ParameterizedTest
  @CsvSource({
    "WRITE, EDQUOT, OWNER",
    "OPENAT2, EDQUOT, OWNER",
    "FSYNC, EDQUOT, OWNER",
    "CLOSE, EDQUOT, OWNER",
    "WRITE, ENOSPC, SYSTEM",
    "FSYNC, ENOSPC, SYSTEM",
    "CLOSE, ENOSPC, SYSTEM",
    "WRITE, EIO, SYSTEM",
    "FSYNC, EIO, SYSTEM",
    "CLOSE, EIO, SYSTEM",
    "RENAMEAT2, EIO, SYSTEM",
    "RENAMEAT2, EROFS, SYSTEM",
    "WRITE, EKEYEXPIRED, SYSTEM",
    // What the owner does on another host meanwhile.
    "WRITE, ESTALE, CHANGED",
    "FSYNC, ESTALE, CHANGED",
    "CLOSE, ESTALE, CHANGED",
    "RENAMEAT2, ESTALE, CHANGED",
    "RENAMEAT2, ENOENT, CHANGED"
  })
  void saysWhatTheFilesystemLacksAndWhoCanHelp(SystemCall failing, Errno errno, HomeFault fault) {
    var armed = new AtomicBoolean();
    var drafting = new AtomicBoolean();
    Kernel real = HomeWorld.kernel();
    Kernel faulty =
        (call, a, b, c, d, e) -> {
          long answer = real.call(call, a, b, c, d, e);
          drafting.compareAndSet(
              false, armed.get() && (call == SystemCall.WRITE || failing == SystemCall.OPENAT2));
          return call == failing && drafting.get() && armed.getAndSet(false)
              ? -errno.number()
              : answer;
        };
    try (var homes = world.homes(faulty, world.settings(Duration.ofSeconds(10), true))) {
      homes.prepare(world.tool);
      homes.write(world.tool, List.of(write(KUBECONFIG, "old")));
      armed.set(true);
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> homes.write(world.tool, List.of(write(KUBECONFIG, "new"))))
          .withMessageEndingWith(" of tool fox: " + errno.words())
          .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
      assertThat(homes.write(world.tool, List.of(write(KUBECONFIG, "next"))))
          .containsExactly(KUBECONFIG);
      assertThat(world.in(".kube").toFile().list()).containsExactly("config");
    }
  }

  /**
   * Whichever call fails, now or when it is made for the second time, old or new is there, and
   * nothing else.
   */
  @ParameterizedTest
  @EnumSource(
      value = SystemCall.class,
      names = {"OPENAT2", "WRITE", "FCHMOD", "FSYNC", "CLOSE", "RENAMEAT2", "STATX", "READ"})
  void aFailingCallLeavesTheOldOrTheNewAndNothingElse(SystemCall failing) throws IOException {
    var countdown = new AtomicInteger(Integer.MAX_VALUE);
    Kernel real = new NativeKernel(Architecture.current().orElseThrow());
    Kernel faulty =
        (call, a, b, c, d, e) -> {
          boolean fails = call == failing && countdown.decrementAndGet() == 0;
          if (fails && call != SystemCall.CLOSE) {
            return -Errno.EIO.number();
          }
          long answer = real.call(call, a, b, c, d, e);
          return fails ? -Errno.EIO.number() : answer;
        };
    try (var homes = world.homes(faulty, world.settings(Duration.ofSeconds(10), true))) {
      homes.prepare(world.tool);
      List<HomeWrite> old = List.of(write(TOOL_KEY, "old"), write(KUBECONFIG, "old"));
      for (int nth = 1; nth <= 20; nth++) {
        countdown.set(Integer.MAX_VALUE);
        homes.write(world.tool, old);
        countdown.set(nth);
        try {
          homes.write(world.tool, List.of(write(TOOL_KEY, "new"), write(KUBECONFIG, "new")));
        } catch (HomeException e) {
          assertThat(e).hasMessageStartingWith("could not ").hasMessageContaining("tool fox");
        }
        assertThat(Files.readString(world.in(".toolskube/client.key"))).isIn("old", "new");
        assertThat(Files.readString(world.in(".kube/config"))).isIn("old", "new");
        assertThat(world.in(".toolskube").toFile().list()).containsExactly("client.key");
        assertThat(world.in(".kube").toFile().list()).containsExactly("config");
        assertThat(FilesystemIdentityTest.foreignThreads()).isEmpty();
      }
    }
  }

  @Test
  void worksWithAKernelOrContainerWithoutOpenat2() {
    for (Errno answer : List.of(Errno.ENOSYS, Errno.EPERM)) {
      Kernel real = new NativeKernel(Architecture.current().orElseThrow());
      Kernel old =
          (call, a, b, c, d, e) ->
              call == SystemCall.OPENAT2 ? -answer.number() : real.call(call, a, b, c, d, e);
      try (var homes = world.homes(old, world.settings(Duration.ofSeconds(10), true))) {
        homes.prepare(world.tool);
        assertThat(homes.write(world.tool, List.of(write(KUBECONFIG, answer.name())))).hasSize(1);
      }
    }
  }

  @Test
  void worksWhereARenameCannotBeToldNotToReplace() {
    Kernel real = new NativeKernel(Architecture.current().orElseThrow());
    Kernel nfs =
        (call, a, b, c, d, e) ->
            call == SystemCall.RENAMEAT2 && e != 0
                ? -Errno.EINVAL.number()
                : real.call(call, a, b, c, d, e);
    try (var homes = world.homes(nfs, world.settings(Duration.ofSeconds(10), true))) {
      homes.prepare(world.tool);
      assertThat(HomeWorld.look(world.in("logs"))).isEqualTo("61001:61001 2775");
    }
  }

  private static void assertFails(String reason, Runnable work) {
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(work::run)
        .withMessageEndingWith(" of tool fox: " + reason);
  }

  private static HomeWrite write(HomeFile file, String content) {
    return new HomeWrite(file, content.getBytes(UTF_8), Optional.empty());
  }
}
