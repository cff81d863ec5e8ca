package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeFile.KUBECONFIG;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.linux.SystemCall;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a tenant does between two system calls, one chosen after another: nothing is left to chance
 * as in a race.
 */
@Timeout(120)
@RootOnly
class BetweenCallsTest {
  private static final String OUR_DRAFT = "our draft";
  private static final List<HomeWrite> WRITES =
      List.of(write(TOOL_KEY, "key"), write(KUBECONFIG, "config"));

  private final ExecutorService tenant = Executors.newSingleThreadExecutor();
  private HomeWorld world;
  private UnixHomes homes;
  private Predicate<SystemCall> moment = _ -> false;
  private Runnable act = () -> {};

  @BeforeEach
  void open() throws Exception {
    world = new HomeWorld();
    tenant.submit(() -> {}).get();
    Kernel real = HomeWorld.kernel();
    homes =
        world.homes(
            (call, a, b, c, d, e) -> {
              if (moment.test(call)) {
                moment = _ -> false;
                interpose();
              }
              return real.call(call, a, b, c, d, e);
            },
            world.settings(Duration.ofSeconds(5), false));
  }

  @AfterEach
  void close() {
    homes.close();
    tenant.close();
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    ".kube, LINK_TO_ANYBODYS_FOLDER",
    ".kube, FIFO",
    ".toolskube, LINK_TO_ROOTS_FOLDER",
    ".toolskube, LOCKED_FILE",
    ".kube/config, LINK_TO_ROOTS_FILE",
    ".kube/config, HARD_LINK_TO_ROOTS_FILE",
    ".kube/config, FIFO",
    ".toolskube/client.key, LINK_TO_PUBLIC_FILE",
    ".toolskube/client.key, HARD_LINK_TO_OWLS_FILE",
    ".toolskube/client.key, DIRECTORY",
    OUR_DRAFT + ", LINK_TO_ROOTS_FILE",
    OUR_DRAFT + ", HARD_LINK_TO_ROOTS_FILE",
    OUR_DRAFT + ", FIFO"
  })
  void aSwapBeforeAnyCallOfAWriteTouchesNothingOutside(String location, HostileThing thing) {
    int refused = 0;
    int calls = callsOfAWrite();
    for (int nth = 1; nth <= calls; nth++) {
      clear(world.in(""));
      homes.prepare(world.tool);
      homes.write(world.tool, List.of(write(TOOL_KEY, "old"), write(KUBECONFIG, "old")));
      world.watch();
      before(nth, () -> swap(location, thing));
      long start = System.nanoTime();
      try {
        homes.write(world.tool, WRITES);
      } catch (HomeException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("could not ").hasMessageContaining("tool fox");
      }
      moment =
          _ -> false; // one write makes a call less than another, when its thread is there already
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      world.assertNothingTouchedOutside(
          thing.isHardLink() ? Canary::assertUntouchedButForItsNames : Canary::assertUntouched);
    }
    assertThat(calls).isGreaterThan(60);
    assertThat(refused).as("writes of %s that noticed", calls).isPositive();
  }

  private int callsOfAWrite() {
    homes.prepare(world.tool);
    homes.write(world.tool, List.of(write(TOOL_KEY, "old"), write(KUBECONFIG, "old")));
    var calls = new AtomicInteger();
    moment = _ -> calls.incrementAndGet() < 0;
    homes.write(world.tool, WRITES);
    return calls.get();
  }

  @Test
  void aDraftThatWasSwappedBeforeItsRenameIsNoticed() {
    homes.prepare(world.tool);
    world.watch();
    at(SystemCall.RENAMEAT2, () -> swap(OUR_DRAFT, HostileThing.LINK_TO_ROOTS_FILE));

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.write(world.tool, List.of(write(KUBECONFIG, "config"))))
        .withMessage(
            "could not write "
                + world.in(".kube/config")
                + " of tool fox: it was changed right afterwards")
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.CHANGED));
    world.assertNothingTouchedOutside();
  }

  @Test
  void aFolderThatWasMovedOutOfTheHomeWhileItIsHeldIsNoticed() throws IOException {
    homes.prepare(world.tool);
    Path away = world.base.resolve("anybodys-folder/kube");
    at(SystemCall.WRITE, () -> move(world.in(".kube"), away));

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.write(world.tool, List.of(write(KUBECONFIG, "config"))))
        .withMessage(
            "could not write to " + world.in(".kube") + " of tool fox: it was moved away meanwhile")
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.CHANGED));

    assertThat(HomeWorld.look(away)).isEqualTo("61001:61001 755");
    assertThat(HomeWorld.look(away.resolve("config"))).isEqualTo("61001:61001 600");
    homes.prepare(world.tool);
    assertThat(homes.write(world.tool, List.of(write(KUBECONFIG, "config"))))
        .containsExactly(KUBECONFIG);
    assertThat(world.in(".kube/config")).hasContent("config");
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsNotReadFurtherThanAllowed() throws IOException {
    homes.prepare(world.tool);
    homes.write(world.tool, List.of(write(KUBECONFIG, "config")));
    at(SystemCall.READ, () -> grow(world.in(".kube/config")));

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.read(world.tool, java.util.Set.of(KUBECONFIG)))
        .withMessageContaining(": it is larger than " + HomeWorld.MAX_BYTES + " bytes");
  }

  private void before(int nth, Runnable deed) {
    var calls = new AtomicInteger();
    act = deed;
    moment = _ -> calls.incrementAndGet() == nth;
  }

  private void at(SystemCall expected, Runnable deed) {
    act = deed;
    moment = call -> call == expected;
  }

  /** On a thread that is itself: the one that makes the call may be a tenant by now. */
  private void interpose() {
    try {
      tenant.submit(act).get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private void swap(String location, HostileThing thing) {
    try {
      for (Path path : location.equals(OUR_DRAFT) ? drafts() : List.of(world.in(location))) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          move(path, world.in("aside-" + path.getFileName()));
          thing.put(world, path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> drafts() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of(".kube", ".toolskube")) {
      try (Stream<Path> files = Files.list(world.in(folder))) {
        files
            .filter(file -> file.getFileName().toString().startsWith(TemporaryNames.PREFIX))
            .forEach(found::add);
      }
    }
    return found;
  }

  private static void move(Path from, Path to) {
    try {
      Path _ = Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void clear(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void grow(Path file) {
    try {
      Files.writeString(file, "x".repeat(2 * HomeWorld.MAX_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HomeWrite write(HomeFile file, String content) {
    return new HomeWrite(file, content.getBytes(UTF_8), Optional.empty());
  }
}
