package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeFile.KUBECONFIG;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_KEY;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Permission is denied: who is told, the owner of the home or whoever runs the filesystem? */
@RootOnly
class DeniedTest {
  private static final String DENIED = "Permission denied (EACCES)";
  private static final String AGAINST_MODE =
      DENIED
          + ", though its owner's permissions allow it: does the file server"
          + " know the owner (all_squash?), is there an attribute (lsattr) or an access list?";

  private final AtomicReference<SystemCall> denied = new AtomicReference<>();
  private volatile Errno answer = Errno.EACCES;
  private HomeWorld world;
  private UnixHomes homes;

  @BeforeEach
  void open() throws IOException {
    world = new HomeWorld();
    Kernel real = HomeWorld.kernel();
    homes =
        world.homes(
            (call, a, b, c, d, e) ->
                call == denied.get() ? -answer.number() : real.call(call, a, b, c, d, e),
            world.settings(Duration.ofSeconds(10), false));
  }

  @AfterEach
  void close() {
    homes.close();
    world.close();
  }

  @Test
  void aRootThatUsersCannotPassThroughIsTheOperatorsToOpen() throws IOException {
    homes.prepare(world.tool);
    Files.setAttribute(world.tools, "unix:mode", 0700);

    assertFails(
        HomeFault.SYSTEM,
        "could not open "
            + world.tools
            + " on the way to the home of tool fox: "
            + DENIED
            + " for user 61001; everybody must be able to pass through it (chmod o+x)",
        () -> homes.prepare(world.tool));
    assertFails(
        HomeFault.SYSTEM,
        "could not open "
            + world.tools
            + " on the way to the home of tool fox: "
            + DENIED
            + " for user 61001; everybody must be able to pass through it (chmod o+x)",
        () -> homes.write(world.tool, List.of(write(TOOL_KEY))));
  }

  @Test
  void aHomeThatItsOwnerHasClosedIsItsOwnersToOpen() throws IOException {
    homes.prepare(world.tool);
    Files.setAttribute(world.in(""), "unix:mode", 0300);

    assertFails(
        HomeFault.OWNER,
        "could not open " + world.in("") + " of tool fox: " + DENIED,
        () -> homes.prepare(world.tool));
  }

  /**
   * A server that takes the owner for somebody else (all_squash) lets it look, and denies it
   * everything else.
   */
  @ParameterizedTest
  @CsvSource({"MKDIRAT, EACCES", "RENAMEAT2, EACCES", "MKDIRAT, EPERM"})
  void whatIsDeniedAgainstTheModeIsTheOperatorsToMend(SystemCall call, Errno errno)
      throws IOException {
    homes.prepare(world.tool);
    Files.delete(world.in(".toolskube"));
    answer = errno;
    denied.set(call);

    assertFails(
        HomeFault.SYSTEM,
        "could not create "
            + world.in(".toolskube")
            + " of tool fox: "
            + AGAINST_MODE.replace(DENIED, errno.words()),
        () -> homes.prepare(world.tool));
  }

  @Test
  void whatIsDeniedAgainstTheModeOfAFolderForCredentialsIsFoundBeforeAnythingIsSigned() {
    homes.prepare(world.tool);
    denied.set(SystemCall.FACCESSAT2);
    assertFails(
        HomeFault.SYSTEM,
        "could not write to " + world.in(".toolskube") + " of tool fox: " + AGAINST_MODE,
        () -> homes.prepare(world.tool));
  }

  @Test
  void theSameHoldsForFiles() {
    homes.prepare(world.tool);
    denied.set(SystemCall.RENAMEAT2);
    assertFails(
        HomeFault.SYSTEM,
        "could not write " + world.in(".toolskube/client.key") + " of tool fox: " + AGAINST_MODE,
        () -> homes.write(world.tool, List.of(write(TOOL_KEY))));
  }

  /** ThreadCredentials go into another folder: what is denied here must not withhold them. */
  @Test
  void whatIsDeniedForTheKubeconfigAloneIsToldItsOwner() {
    homes.prepare(world.tool);
    denied.set(SystemCall.RENAMEAT2);
    assertFails(
        HomeFault.OWNER,
        "could not write " + world.in(".kube/config") + " of tool fox: " + AGAINST_MODE,
        () -> homes.write(world.tool, List.of(write(KUBECONFIG))));
  }

  @Test
  void aFileThatItsOwnerHasClosedIsItsOwnersToOpen() throws IOException {
    homes.prepare(world.tool);
    Path config = Files.createFile(world.in(".kube/config"));
    HomeWorld.own(config, 61001, 0200);

    assertFails(
        HomeFault.OWNER,
        "could not read " + config + " of tool fox: " + DENIED,
        () -> homes.read(world.tool, Set.of(KUBECONFIG)));
  }

  private static void assertFails(HomeFault fault, String message, Runnable work) {
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(work::run)
        .withMessage(message)
        .matches(e -> e.fault() == fault, "is the fault of " + fault);
  }

  private static HomeWrite write(HomeFile file) {
    return new HomeWrite(file, new byte[] {1}, Optional.empty());
  }
}
