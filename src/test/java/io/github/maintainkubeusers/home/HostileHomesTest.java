package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeFile.KUBECONFIG;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_CERTIFICATE;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
@RootOnly
class HostileHomesTest {
  private static final List<HomeWrite> WRITES =
      List.of(write(TOOL_KEY), write(TOOL_CERTIFICATE), write(KUBECONFIG));

  private HomeWorld world;
  private UnixHomes homes;

  @BeforeEach
  void open() throws IOException {
    world = new HomeWorld();
    homes = world.homes(HomeWorld.kernel(), world.settings(Duration.ofSeconds(1), false));
    homes.prepare(world.tool);
  }

  @AfterEach
  void close() {
    homes.close();
    world.close();
  }

  static Stream<Arguments> everyPlaceAndThing() {
    return Stream.of(
            "",
            "logs",
            ".kube",
            ".toolskube",
            ".kube/config",
            ".toolskube/client.crt",
            ".toolskube/client.key",
            "k8s.disabled",
            ".maintain-kubeusers-logs")
        .flatMap(
            location ->
                Arrays.stream(HostileThing.values()).map(thing -> Arguments.of(location, thing)));
  }

  @ParameterizedTest
  @MethodSource("everyPlaceAndThing")
  void touchesNothingOutsideWhateverStandsInItsWay(String location, HostileThing thing)
      throws IOException {
    put(thing, location);
    if (location.startsWith(".maintain")) {
      Files.delete(world.in("logs"));
    }

    List<String> complaints = everything();

    world.assertNothingTouchedOutside(
        thing.isHardLink() ? Canary::assertUntouchedButForItsNames : Canary::assertUntouched);
    assertThat(complaints)
        .as("no operation takes a second")
        .noneMatch(complaint -> complaint.contains("no answer"));
    assertThat(complaints)
        .allMatch(
            complaint ->
                complaint.startsWith("could not ")
                    && complaint.contains(world.in("") + "")
                    && complaint.contains(" of tool fox: "));
    assertThat(FilesystemIdentityTest.foreignThreads()).isEmpty();
    homes.prepare(world.neighbour);
    assertThat(homes.write(world.neighbour, WRITES)).hasSize(3);
  }

  /** All operations, as often as they would be tried, and what they complain of. */
  private List<String> everything() {
    List<String> complaints = new ArrayList<>();
    Consumer<Runnable> attempt =
        operation -> {
          try {
            operation.run();
          } catch (HomeException e) {
            complaints.add(e.getMessage());
          }
        };
    for (int round = 0; round < 2; round++) {
      attempt.accept(() -> homes.prepare(world.tool));
      attempt.accept(() -> homes.read(world.tool, Set.of(HomeFile.values())));
      WRITES.forEach(write -> attempt.accept(() -> homes.write(world.tool, List.of(write))));
      attempt.accept(() -> homes.markDisabled(world.tool, true));
      attempt.accept(() -> homes.markDisabled(world.tool, false));
    }
    return complaints;
  }

  @ParameterizedTest
  @EnumSource(value = HostileThing.class, names = ".*DIRECTORY", mode = EnumSource.Mode.MATCH_NONE)
  void replacesWhateverStandsInPlaceOfItsOwnFiles(HostileThing thing) throws IOException {
    put(thing, ".toolskube/client.key");

    assertThat(homes.write(world.tool, List.of(write(TOOL_KEY)))).containsExactly(TOOL_KEY);

    assertThat(HomeWorld.look(world.in(".toolskube/client.key"))).isEqualTo("61001:61001 400");
    assertThat(Files.isRegularFile(world.in(".toolskube/client.key"), LinkOption.NOFOLLOW_LINKS))
        .isTrue();
    assertThat(world.in(".toolskube/client.key")).hasContent("new");
  }

  @ParameterizedTest
  @EnumSource(value = HostileThing.class, names = ".*DIRECTORY", mode = EnumSource.Mode.MATCH_ANY)
  void leavesADirectoryInPlaceOfItsOwnFile(HostileThing thing) throws IOException {
    put(thing, ".toolskube/client.key");
    Canary directory = Canary.of(world.in(".toolskube/client.key"));

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.write(world.tool, List.of(write(TOOL_KEY), write(KUBECONFIG))))
        .withMessage(
            "could not write "
                + directory.path()
                + " of tool fox: it is a directory; rename or delete it, and the file will be made")
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.OWNER));

    directory.assertUntouched();
    assertThat(world.in(".kube")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LINK_TO_PUBLIC_FILE     | it is a symbolic link, not a file
          DANGLING_LINK           | it is a symbolic link, not a file
          FIFO                    | it is a named pipe, not a file
          SOCKET                  | it is a socket, not a file
          ENDLESS_DEVICE          | it is a device, not a file
          HUGE_SPARSE_FILE        | it is larger than 65536 bytes
          OWLS_FILE               | it belongs to user 61002, not to 61001
          HARD_LINK_TO_ROOTS_FILE | it belongs to user 0, not to 61001
          HARD_LINK_TO_A_SECOND_FILE_OF_ITS_OWN | it has 2 names (hard links)
          FIFO_WITH_AN_ENDLESS_WRITER | it is a named pipe, not a file
          DIRECTORY               | it is a directory, not a file
          """)
  void leavesTheKubeconfigToItsOwnerAndSaysWhatIsWrong(HostileThing thing, String fault)
      throws IOException {
    put(thing, ".kube/config");
    Canary config = Canary.of(world.in(".kube/config"));

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.read(world.tool, Set.of(KUBECONFIG)))
        .withMessage(
            "could not read "
                + config.path()
                + " of tool fox: "
                + fault
                + "; rename or delete it, and it will be made anew")
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.OWNER));
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.write(world.tool, List.of(write(KUBECONFIG), write(TOOL_KEY))))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.OWNER));

    config.assertUntouched();
    assertThat(world.in(".toolskube")).isEmptyDirectory();
    assertThat(world.in(".kube").toFile().list()).containsExactly("config");
  }

  @Test
  void doesNotReadAFileWithTwoNames() throws IOException {
    homes.write(world.tool, List.of(write(KUBECONFIG)));
    Files.createLink(world.in("other-name"), world.in(".kube/config"));

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.read(world.tool, Set.of(KUBECONFIG)))
        .withMessageContaining("it has 2 names (hard links)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LINK_TO_ANYBODYS_FOLDER | it is a symbolic link, not a directory
          FIFO                    | it is a named pipe, not a directory
          LOCKED_FILE             | it is a file, not a directory
          OWLS_OPEN_DIRECTORY     | it belongs to user 61002, not to 61001
          """)
  void doesNotGoIntoWhatIsNoFolderOfTheOwners(HostileThing thing, String fault) throws IOException {
    put(thing, ".kube");

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.write(world.tool, List.of(write(KUBECONFIG))))
        .withMessageStartingWith("could not open " + world.in(".kube") + " of tool fox: " + fault)
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.OWNER));
  }

  @Test
  void saysWhatStandsInPlaceOfTheHome() throws IOException {
    put(HostileThing.LINK_TO_ANYBODYS_FOLDER, "");

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.prepare(world.tool))
        .withMessage(
            "could not open "
                + world.in("")
                + " of tool fox: it is a symbolic link, not a directory");
  }

  @Test
  void obeysThePermissionsOfTheOwner() throws IOException {
    Files.setAttribute(world.in(".kube"), "unix:mode", 0500);

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.write(world.tool, List.of(write(TOOL_KEY), write(KUBECONFIG))))
        .withMessageEndingWith(" of tool fox: Permission denied (EACCES)");
    assertThat(world.in(".toolskube")).isEmptyDirectory();
  }

  @Test
  void doesNotGoIntoAMountBelowTheHome() throws IOException {
    Path kube = world.in(".kube");
    HomeWorld.shell("mount -t tmpfs -o size=64k,uid=61001,gid=61001,mode=755 none '" + kube + "'");
    try {
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> homes.write(world.tool, List.of(write(KUBECONFIG))))
          .withMessage(
              "could not look at " + kube + " of tool fox: Something is mounted there (EXDEV)");
    } finally {
      HomeWorld.shell("umount '" + kube + "'");
    }
  }

  @Test
  void isNotHeldUpByALease() throws IOException {
    homes.write(world.tool, List.of(write(KUBECONFIG), write(TOOL_KEY)));
    long start = System.nanoTime();
    try (var lease = Lease.on(world.in(".kube/config"));
        var other = Lease.on(world.in(".toolskube/client.key"))) {
      assertThat(lease.isHeld() && other.isHeld()).isTrue();
      assertThat(homes.write(world.tool, List.of(write(TOOL_KEY)))).containsExactly(TOOL_KEY);
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> homes.read(world.tool, Set.of(KUBECONFIG)))
          .withMessageContaining("Held by another program (a lease on the file) (EAGAIN)");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aHundredThousandNamesLikeItsOwnHoldUpNothing() throws IOException {
    Path kube = world.in(".kube");
    for (int i = 0; i < 100_000; i++) {
      Files.createFile(kube.resolve(TemporaryNames.PREFIX + i));
    }
    HomeWorld.shell("chown -R 61001 '" + kube + "'");

    assertThat(homes.write(world.tool, List.of(write(KUBECONFIG)))).containsExactly(KUBECONFIG);

    assertThat(HomeWorld.look(world.in(".kube/config"))).isEqualTo("61001:61001 600");
    assertThat(kube.toFile().list()).hasSize(100_001 - 64);
  }

  private void put(HostileThing thing, String location) throws IOException {
    Path at = world.in(location);
    if (Files.exists(at)) {
      HomeWorld.shell("rm -rf '" + at + "'");
    }
    thing.put(world, at);
    world.watch();
  }

  private static HomeWrite write(HomeFile file) {
    return new HomeWrite(file, "new".getBytes(UTF_8), Optional.empty());
  }
}
