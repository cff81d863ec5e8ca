package io.github.maintainkubeusers.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.linux.Architecture;
import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.linux.NativeKernel;
import io.github.maintainkubeusers.linux.Syscalls;
import io.github.maintainkubeusers.linux.SystemCall;
import io.github.maintainkubeusers.linux.ThreadCredentials;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RootOnly
class FilesystemIdentityTest {
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
  void actsWithNothingButTheTenantsUserAndGroup() {
    Syscalls sys = HomeWorld.syscalls();
    var identity = new FilesystemIdentity(sys, ThreadCredentials.ofThisThread(sys));

    ThreadCredentials inside = identity.as(world.tool, () -> ThreadCredentials.ofThisThread(sys));

    assertThat(inside).isEqualTo(new ThreadCredentials(61001, 61001, List.of(), 0));
    identity.verifyOwn();
  }

  /** The C library's setgroups would change them all. */
  @Test
  void noOtherThreadSeesAnyOfIt() throws Exception {
    Syscalls sys = HomeWorld.syscalls();
    var identity = new FilesystemIdentity(sys, ThreadCredentials.ofThisThread(sys));
    long self = threadId();
    Map<String, String> before = othersIdentities(self);

    Map<String, String> meanwhile = identity.as(world.tool, () -> othersIdentities(self));

    assertThat(before).isNotEmpty();
    meanwhile.keySet().retainAll(before.keySet());
    assertThat(before).containsAllEntriesOf(meanwhile);
    assertThat(meanwhile.size()).isGreaterThan(before.size() / 2);
  }

  private static long threadId() throws IOException {
    return Long.parseLong(Path.of("/proc/thread-self").toRealPath().getFileName().toString());
  }

  private static Map<String, String> othersIdentities(long self) {
    Map<String, String> found = new TreeMap<>();
    for (String task : Path.of("/proc/self/task").toFile().list()) {
      if (Long.parseLong(task) != self) {
        found.put(
            task,
            statusOf(Path.of("/proc/self/task", task))
                .lines()
                .filter(line -> line.matches("(Uid|Gid|Groups|CapEff):.*"))
                .collect(joining("; ")));
      }
    }
    found.values().removeIf(String::isEmpty);
    return found;
  }

  @Test
  void isItselfAgainAfterAFailure() {
    Syscalls sys = HomeWorld.syscalls();
    var identity = new FilesystemIdentity(sys, ThreadCredentials.ofThisThread(sys));

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                identity.as(
                    world.tool,
                    () -> {
                      throw new IllegalStateException("a fault");
                    }));

    identity.verifyOwn();
  }

  @Test
  void doesNotGoOnWhenTheKernelDoesNotSwitch() {
    for (SystemCall ignored :
        List.of(
            SystemCall.SETFSUID, SystemCall.SETFSGID, SystemCall.CAPSET, SystemCall.SETGROUPS)) {
      Kernel real = new NativeKernel(Architecture.current().orElseThrow());
      Kernel forgetful =
          (call, a, b, c, d, e) -> call == ignored && a != -1 ? 0 : real.call(call, a, b, c, d, e);
      var sys = new Syscalls(forgetful, Architecture.current().orElseThrow());
      // Without a group of its own a thread would not notice that setgroups did nothing.
      var own = ThreadCredentials.ofThisThread(HomeWorld.syscalls());
      var identity = new FilesystemIdentity(sys, own);

      if (ignored == SystemCall.SETGROUPS && own.groups().isEmpty()) {
        continue;
      }
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> identity.as(world.tool, () -> "done"))
          .withMessage("could not act as user 61001 of tool fox: the kernel did not switch");
      identity.verifyOwn();
    }
  }

  @Test
  void aThreadThatCannotGetItsIdentityBackIsLostAndReplaced() throws IOException {
    Kernel real = new NativeKernel(Architecture.current().orElseThrow());
    int[] returns = {0};
    Kernel stubborn =
        (call, a, b, c, d, e) ->
            call == SystemCall.SETFSUID && a == 0 && returns[0]++ == 0
                ? 0
                : real.call(call, a, b, c, d, e);
    try (var homes = world.homes(stubborn, world.settings(Duration.ofMillis(500), true))) {
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> homes.prepare(world.tool))
          .withMessage(
              "could not prepare " + world.in("") + " of tool fox: no answer within 500 ms");
      assertThat(homes.stuckWorkers()).isZero();

      homes.prepare(world.tool);
      homes.prepare(world.neighbour);
    }
    assertThat(foreignThreads()).isEmpty();
  }

  @Test
  void neitherDoesWantOfMemoryOnTheWayBackWakeAnybody() throws IOException {
    Kernel real = new NativeKernel(Architecture.current().orElseThrow());
    int[] returns = {0};
    Kernel exhausted =
        (call, a, b, c, d, e) -> {
          if (call == SystemCall.SETFSUID && a == 0 && returns[0]++ == 0) {
            throw new OutOfMemoryError("none left");
          }
          return real.call(call, a, b, c, d, e);
        };
    try (var homes = world.homes(exhausted, world.settings(Duration.ofMillis(500), true))) {
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> homes.prepare(world.tool))
          .withMessageEndingWith("no answer within 500 ms");
      homes.prepare(world.tool);
    }
    assertThat(foreignThreads()).isEmpty();
  }

  @Test
  void noThreadIsEverStartedOrLeftWithATenantsIdentity() throws Exception {
    try (var homes = world.homes();
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      homes.prepare(world.tool);
      List<Future<?>> work =
          Stream.generate(
                  () ->
                      callers.submit(
                          () -> {
                            homes.prepare(world.neighbour);
                            try {
                              homes.write(
                                  world.tool,
                                  List.of(
                                      new HomeWrite(
                                          HomeFile.KUBECONFIG,
                                          Long.toString(System.nanoTime()).getBytes(UTF_8),
                                          Optional.empty())));
                            } catch (HomeException e) {
                              assertThat(e.fault()).as("%s", e).isEqualTo(HomeFault.CHANGED);
                            }
                            return homes.read(world.tool, Set.of(HomeFile.TOOL_KEY));
                          }))
              .limit(400)
              .<Future<?>>map(future -> future)
              .toList();
      while (!work.stream().allMatch(Future::isDone)) {
        assertThat(foreignThreads()).allMatch(name -> name.startsWith("home /"));
      }
      for (Future<?> future : work) {
        future.get();
      }
      assertThat(foreignThreads()).isEmpty();
    }
  }

  @Test
  void leavesNoDescriptorOpen() throws Exception {
    try (var homes = world.homes()) {
      homes.prepare(world.tool);
      HomeWorld.own(
          Files.createDirectories(world.tools.resolve("owl/.kube/config")).getParent(),
          61002,
          0755);
      HomeWorld.own(world.tools.resolve("owl"), 61002, 0755);
      int before = 0;
      for (int round = 0; round < 10_000; round++) {
        if (round == 100) {
          before = openDescriptors();
        }
        homes.read(world.tool, Set.of(HomeFile.values()));
        homes.markDisabled(world.tool, round % 2 == 0);
        var write =
            List.of(
                new HomeWrite(
                    HomeFile.KUBECONFIG, ("" + round % 7).getBytes(UTF_8), Optional.empty()));
        assertThatExceptionOfType(HomeException.class)
            .isThrownBy(() -> homes.write(world.neighbour, write));
      }
      assertThat(openDescriptors()).isLessThanOrEqualTo(before + 2);
    }
  }

  private static int openDescriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return (int) open.count();
    }
  }

  /** The names of the threads of this process whose user for files is not the process's own. */
  static List<String> foreignThreads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks
          .map(FilesystemIdentityTest::statusOf)
          .filter(status -> !ownUser(status))
          .map(status -> status.lines().findFirst().orElseThrow().replaceFirst("Name:\\s*", ""))
          .toList();
    }
  }

  private static boolean ownUser(String status) {
    String[] ids =
        status
            .lines()
            .filter(line -> line.startsWith("Uid:"))
            .findFirst()
            .orElse("Uid: 0 0 0 0")
            .split("\\s+", -1);
    return ids[1].equals(ids[4]);
  }

  private static String statusOf(Path task) {
    try {
      return Files.readString(task.resolve("status"));
    } catch (NoSuchFileException _) {
      return "Name: gone";
    } catch (IOException e) {
      return e.getMessage().contains("No such process") ? "Name: gone" : "Name: " + e.getMessage();
    }
  }
}
