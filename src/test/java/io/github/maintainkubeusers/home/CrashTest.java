package io.github.maintainkubeusers.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A JVM is killed before each system call of a fresh provisioning that changes something; those in
 * between leave things as the one before did. With the system property {@code crash.everyCall=true}
 * before each call whatsoever, which takes minutes.
 */
@Timeout(900)
@RootOnly
class CrashTest {
  private static final List<HomeWrite> WRITES = CrashProbe.WRITES;
  private static final String EVERY = Boolean.toString(Boolean.getBoolean("crash.everyCall"));
  private static final int KILLED = 128 + 9;
  private static final Map<String, String> PROVISIONED =
      Map.of(
          "",
          "2775",
          "logs",
          "2775",
          ".kube",
          "755",
          ".kube/config",
          "600",
          ".toolskube",
          "755",
          ".toolskube/client.key",
          "400",
          ".toolskube/client.crt",
          "400");

  private final ExecutorService runs = Executors.newFixedThreadPool(2);
  private HomeWorld world;

  @BeforeEach
  void open() throws Exception {
    world = new HomeWorld();
    CapabilityTest.copyClasses(
        world.base.resolve("classes"),
        Account.class,
        Kernel.class,
        UnixHomes.class,
        CrashProbe.class);
  }

  @AfterEach
  void close() {
    runs.shutdownNow();
    world.close();
  }

  @Test
  void whereverItIsKilledOneMoreRunHealsEverything() throws Exception {
    int calls = Integer.parseInt(provision(world.tool, 0).split(" ", -1)[0]);
    assertThat(calls).isGreaterThan(20);
    List<Account> killed = new ArrayList<>();
    List<Future<String>> ends = new ArrayList<>();
    for (int i = 1; i <= calls; i++) {
      int nth = i;
      Account account = world.another("killed-" + nth, 62000 + nth);
      killed.add(account);
      ends.add(runs.submit(() -> provision(account, nth)));
    }
    for (Future<String> end : ends) {
      assertThat(end.get()).isEmpty();
    }
    for (Account account : killed) {
      assertNothingIsHalfThere(account);
    }

    try (var homes =
        world.homes(HomeWorld.kernel(), world.settings(Duration.ofSeconds(10), true))) {
      for (Account account : killed) {
        homes.prepare(account);
        homes.write(account, WRITES);
      }
    }

    for (Account account : killed) {
      Map<String, String> expected = new TreeMap<>();
      PROVISIONED.forEach(
          (path, mode) -> expected.put(path, account.uid() + ":" + account.uid() + " " + mode));
      assertThat(everythingIn(account)).as("%s", account.id()).isEqualTo(expected);
      for (HomeWrite write : WRITES) {
        assertThat(home(account).resolve(write.file().toString()))
            .hasBinaryContent(write.content());
      }
    }
    assertThat(world.tools.toFile().list())
        .hasSize(calls + 1)
        .noneMatch(name -> name.startsWith("."));
  }

  /** What has its name is complete, and a kubeconfig names what is there. */
  private static void assertNothingIsHalfThere(Account account) throws IOException {
    Path home = home(account);
    boolean all = true;
    for (HomeWrite write : WRITES) {
      Path file = home.resolve(write.file().toString());
      boolean there = Files.exists(file);
      assertThat(all || !there).as("%s without those before it", file).isTrue();
      all = there;
      if (there) {
        assertThat(file).hasBinaryContent(write.content());
        assertThat(HomeWorld.look(file))
            .isEqualTo(
                account.uid()
                    + ":"
                    + account.uid()
                    + " "
                    + Integer.toOctalString(write.file().mode()));
      }
    }
    for (String folder : List.of("", "logs", ".kube", ".toolskube")) {
      if (Files.exists(home.resolve(folder))) {
        assertThat(HomeWorld.look(home.resolve(folder)))
            .isEqualTo(account.uid() + ":" + account.uid() + " " + PROVISIONED.get(folder));
      }
    }
  }

  private static Map<String, String> everythingIn(Account account) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(home(account))) {
      paths.forEach(
          path -> found.put(home(account).relativize(path).toString(), HomeWorld.look(path)));
    }
    return found;
  }

  private static Path home(Account account) {
    return Path.of(account.home().value());
  }

  /**
   * @return what it said: nothing when it was killed
   */
  private String provision(Account account, int nth) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                world.base + "/classes",
                CrashProbe.class.getName(),
                world.tools.toString(),
                account.id().name().value(),
                account.uid().toString(),
                Integer.toString(nth),
                EVERY)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as("%s", said).isEqualTo(nth == 0 ? 0 : KILLED);
    return said;
  }
}
