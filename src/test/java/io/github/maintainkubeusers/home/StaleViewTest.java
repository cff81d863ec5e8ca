package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeFile.KUBECONFIG;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.linux.Errno;
import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.linux.Syscalls;
import io.github.maintainkubeusers.linux.SystemCall;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A kernel that, as with NFS, believes for a while what it remembers of a folder: until it is told
 * to ask the server what that folder is like.
 */
@RootOnly
class StaleViewTest {
  private static final int FORCE_SYNC = 0x2000;

  private final Set<Long> asked = ConcurrentHashMap.newKeySet();
  private final Set<Long> stale = ConcurrentHashMap.newKeySet();
  private final List<String> made = new ArrayList<>();
  private volatile String remembered = "";
  private final AtomicInteger metStale = new AtomicInteger();
  private Errno memory = Errno.ESTALE;
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
  void aRootThatWasMadeAnewOnTheServerIsFoundAtOnce() throws IOException {
    HomeWorld.own(Files.createDirectory(world.in("")), 61001, 0750);
    remembered = "project";
    try (var homes = homes()) {
      homes.prepare(world.tool);
    }
    assertThat(world.in(".toolskube")).isDirectory();
    assertThat(metStale.get()).isPositive();
  }

  /**
   * Its parent belongs to somebody else as far as this host can tell: with root_squash, root makes
   * nothing there.
   */
  @Test
  void aHomeThatWasJustMadeOnTheServerIsFoundAtOnce() throws IOException {
    HomeWorld.own(Files.createDirectory(world.in("")), 61001, 0750);
    remembered = "fox";
    memory = Errno.ENOENT;
    try (var homes = homes()) {
      homes.prepare(world.tool);
    }
    assertThat(world.in(".toolskube")).isDirectory();
    assertThat(made).noneMatch(name -> name.contains("61001-fox"));
  }

  @Test
  void aFolderThatItsOwnerMadeAnewOnAnotherHostIsFoundAtOnce() {
    try (var homes = homes()) {
      homes.prepare(world.tool);
      remembered = ".kube";
      assertThat(homes.write(world.tool, List.of(write("new")))).containsExactly(KUBECONFIG);
      assertThat(homes.read(world.tool, Set.of(KUBECONFIG)))
          .containsEntry(KUBECONFIG, "new".getBytes(UTF_8));
      assertThat(metStale.get()).isPositive();
    }
  }

  @Test
  void aFolderThatStaysStaleIsOneThatWasChangedMeanwhile() {
    Kernel real = HomeWorld.kernel();
    try (var homes =
        world.homes(
            (call, a, b, c, d, e) ->
                call == SystemCall.OPENAT2 && name(b).equals(".kube") && !remembered.isEmpty()
                    ? -Errno.ESTALE.number()
                    : real.call(call, a, b, c, d, e),
            world.settings(Duration.ofSeconds(10), false))) {
      homes.prepare(world.tool);
      remembered = ".kube";
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> homes.write(world.tool, List.of(write("1"))))
          .withMessageEndingWith(world.in(".kube") + " of tool fox: Stale file handle (ESTALE)")
          .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.CHANGED));
    }
  }

  @Test
  void aRootThatStaysStaleIsForWhoeverRunsTheFilesystem() {
    Kernel real = HomeWorld.kernel();
    try (var homes =
        world.homes(
            (call, a, b, c, d, e) ->
                call == SystemCall.OPENAT && name(b).equals("project")
                    ? -Errno.ESTALE.number()
                    : real.call(call, a, b, c, d, e),
            world.settings(Duration.ofSeconds(10), false))) {
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> homes.prepare(world.tool))
          .withMessage(
              "could not open "
                  + world.tools
                  + " on the way to the home of tool fox: Stale file handle (ESTALE)")
          .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.SYSTEM));
    }
  }

  private UnixHomes homes() {
    return world.homes(this::forgetful, world.settings(Duration.ofSeconds(10), false));
  }

  /**
   * What has the remembered name is, without asking about the folder that it is in, what was there
   * before: nothing, or something that is gone.
   */
  private long forgetful(SystemCall call, long a, long b, long c, long d, long e) {
    Kernel real = HomeWorld.kernel();
    return switch (call) {
      case STATX -> {
        boolean asks = (c & FORCE_SYNC) != 0;
        if (asks && stale.contains(a)) {
          yield -Errno.ESTALE.number();
        }
        if (asks) {
          asked.add(a);
        }
        yield real.call(call, a, b, c, d, e);
      }
      case OPENAT, OPENAT2 -> {
        boolean gone = name(b).equals(remembered) && !asked.contains(a);
        if (stale.contains(a) || (gone && !isPathOnly(call, c))) {
          int _ = metStale.incrementAndGet();
          yield -memory.number();
        }
        long opened = real.call(call, a, b, c, d, e);
        if (gone && opened >= 0) {
          stale.add(opened);
        }
        yield opened;
      }
      case CLOSE -> {
        asked.remove(a);
        stale.remove(a);
        yield real.call(call, a, b, c, d, e);
      }
      case MKDIRAT -> {
        made.add(name(b));
        yield real.call(call, a, b, c, d, e);
      }
      default -> real.call(call, a, b, c, d, e);
    };
  }

  private static HomeWrite write(String content) {
    return new HomeWrite(KUBECONFIG, content.getBytes(UTF_8), Optional.empty());
  }

  /** From the flags, which openat2 takes in a structure. */
  @SuppressWarnings("restricted")
  private static boolean isPathOnly(SystemCall call, long flags) {
    long all =
        call == SystemCall.OPENAT2
            ? MemorySegment.ofAddress(flags).reinterpret(8).get(JAVA_LONG, 0)
            : flags;
    return (all & Syscalls.PATH_ONLY) != 0;
  }

  @SuppressWarnings("restricted")
  private static String name(long address) {
    return MemorySegment.ofAddress(address).reinterpret(256).getString(0);
  }
}
