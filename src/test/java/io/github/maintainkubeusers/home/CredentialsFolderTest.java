package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.linux.Errno;
import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.linux.SystemCall;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be written later is refused by prepare, before anything is signed. */
@RootOnly
class CredentialsFolderTest {
  private HomeWorld world;
  private UnixHomes homes;
  private Path folder;

  @BeforeEach
  void open() throws IOException {
    world = new HomeWorld();
    homes = world.homes();
    homes.prepare(world.tool);
    folder = world.in(".toolskube");
  }

  @AfterEach
  void close() {
    homes.close();
    world.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0500, 0300, 0600, 0, 0077})
  void aFolderThatItsOwnerHasClosedIsRefused(int mode) throws IOException {
    Files.setAttribute(folder, "unix:mode", mode);
    Canary untouched = Canary.of(folder);

    assertRefused(homes, closed(folder, mode));
    assertWriteFailsToo();
    untouched.assertUntouched();
  }

  /** Without the question, what the folder's mode says will do. */
  @ParameterizedTest
  @EnumSource(
      value = Errno.class,
      names = {"ENOSYS", "EPERM"})
  void aFolderIsRefusedWithoutTheSystemCallToo(Errno answer) throws IOException {
    Kernel real = HomeWorld.kernel();
    try (var old =
        world.homes(
            (call, a, b, c, d, e) ->
                call == SystemCall.FACCESSAT2 ? -answer.number() : real.call(call, a, b, c, d, e),
            world.settings(Duration.ofSeconds(10), false))) {
      old.prepare(world.tool);
      Files.setAttribute(folder, "unix:mode", 0500);
      assertRefused(old, closed(folder, 0500));
    }
  }

  @Test
  void aFolderOfSomebodyElseIsRefused() throws IOException {
    HomeWorld.own(folder, 0, 0777);

    assertRefused(
        homes,
        "could not open "
            + folder
            + " of tool fox: it belongs to user 0, not to 61001; "
            + "rename or delete it, and a directory will be made");
    assertWriteFailsToo();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client.key", "client.crt"})
  void aDirectoryInPlaceOfAFileIsRefused(String name) throws IOException {
    HomeWorld.own(Files.createDirectory(folder.resolve(name)), 61001, 0755);

    assertRefused(
        homes,
        "could not write "
            + folder.resolve(name)
            + " of tool fox: it is a directory; rename or delete it, and the file will be made");
  }

  @Test
  void aHomeThatItsOwnerHasClosedIsRefusedWhereAFolderIsMissing() throws IOException {
    Files.setAttribute(world.in(""), "unix:mode", 0500);
    homes.prepare(world.tool);
    Files.delete(folder);

    assertRefused(homes, closed(world.in(""), 0500));
  }

  /** They do not go there. */
  @Test
  void aClosedFolderForTheKubeconfigDoesNotWithholdCredentials() throws IOException {
    Files.setAttribute(world.in(".kube"), "unix:mode", 0500);
    Files.delete(world.in("logs"));
    Files.createFile(world.in("logs"));

    homes.prepare(world.tool);

    assertThat(homes.write(world.tool, List.of(key()))).hasSize(1);
  }

  @Test
  void theSameHoldsForAdmins() throws IOException {
    homes.prepare(world.admin);
    Path admins = world.admins.resolve("ada/.admkube");
    Files.setAttribute(admins, "unix:mode", 0500);

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.prepare(world.admin))
        .withMessage(closed(admins, 0500).replace("tool fox", "admin ada"));
  }

  private static String closed(Path folder, int mode) {
    return "could not write to "
        + folder
        + " of tool fox: its permissions forbid its owner to make files in it (mode "
        + Integer.toOctalString(mode)
        + "); chmod u+rwx it";
  }

  private void assertWriteFailsToo() {
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.write(world.tool, List.of(key())));
  }

  private void assertRefused(UnixHomes homes, String message) {
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.prepare(world.tool))
        .withMessage(message)
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.OWNER));
  }

  private static HomeWrite key() {
    return new HomeWrite(HomeFile.TOOL_KEY, new byte[] {1}, Optional.empty());
  }
}
