package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which way leads to the configured root: links of root's do, where nobody else can put another.
 */
@RootOnly
class RootTest {
  private HomeWorld world;
  private UnixHomes homes;

  @BeforeEach
  void open() throws IOException {
    world = new HomeWorld();
    homes = world.homes();
    Path server = Files.createDirectories(world.base.resolve("mnt/nfs"));
    Files.move(world.tools, server.resolve("project"));
  }

  @AfterEach
  void close() {
    homes.close();
    world.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mnt/nfs/project",
        "mnt/./nfs//project/",
        "../BASE/mnt/nfs/project",
        "mnt/nfs/../../mnt/nfs/project",
        "/TMP/mnt/nfs/project"
      })
  void linksOfRootLeadToIt(String target) throws IOException {
    rootLinksTo(
        target
            .replace("/TMP", world.base.toString())
            .replace("BASE", world.base.getFileName().toString()));

    homes.prepare(world.tool);

    assertThat(HomeWorld.look(world.base.resolve("mnt/nfs/project/fox/.kube")))
        .isEqualTo("61001:61001 755");
    assertThat(FilesystemIdentityTest.foreignThreads()).isEmpty();
  }

  @Test
  void aLinkMayLeadToALink() throws IOException {
    rootLinksTo("one");
    Files.createSymbolicLink(world.base.resolve("one"), world.base.resolve("two"));
    Files.createSymbolicLink(world.base.resolve("two"), Path.of("mnt/nfs/project"));

    homes.prepare(world.tool);

    assertThat(world.base.resolve("mnt/nfs/project/fox")).isDirectory();
  }

  @Test
  void messagesNameTheHomeAsConfigured() throws IOException {
    rootLinksTo("mnt/nfs/project");
    homes.prepare(world.tool);
    HomeWorld.shell(
        "rmdir '" + world.in(".toolskube") + "'; touch '" + world.in(".toolskube") + "'");

    assertFails(
        "could not create "
            + world.in(".toolskube")
            + " of tool fox: there is a file in its place");
  }

  @Test
  void aLinkOfAnybodyElseIsRefused() throws IOException {
    rootLinksTo("mnt/nfs/project");
    HomeWorld.own(world.tools, 61002, 0);

    assertRefused(": it is a symbolic link of user 61002, not of root or user 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0777, 0775, 01777})
  void aLinkWhereOthersCanPutAnotherIsRefused(int mode) throws IOException {
    rootLinksTo("door/project");
    Path door = Files.createDirectory(world.base.resolve("door"));
    Files.createSymbolicLink(door.resolve("project"), world.base.resolve("mnt/nfs/project"));
    Files.setAttribute(door, "unix:mode", mode);

    assertFails("could not open " + door);
    assertThat(world.base.resolve("mnt/nfs/project")).isEmptyDirectory();
  }

  @Test
  void whereALinkLeadsMustBeAsTrustworthyAsAnyOtherWay() throws IOException {
    rootLinksTo("mnt/nfs/project");
    HomeWorld.own(world.base.resolve("mnt/nfs"), 61002, 0755);

    assertFails(
        "could not open "
            + world.base
            + "/mnt/nfs on the way to the home of tool fox: it belongs to user 61002, not to root");
  }

  @Test
  void linksInACircleEnd() throws IOException {
    rootLinksTo("other");
    Files.createSymbolicLink(world.base.resolve("other"), world.tools);

    assertFails("could not open ");
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.prepare(world.tool))
        .withMessageEndingWith(": more than 40 symbolic links");
  }

  @Test
  void aDanglingLinkSaysWhatIsMissing() throws IOException {
    rootLinksTo("mnt/away/project");

    assertFails(
        "could not open "
            + world.base
            + "/mnt/away on the way to the home of tool fox: No such file or directory (ENOENT)");
  }

  @Test
  void belowTheRootNoLinkIsFollowedNotEvenRoots() throws IOException {
    rootLinksTo("mnt/nfs/project");
    Path real = Files.createDirectory(world.tools.resolve("real"));
    Files.createSymbolicLink(world.tools.resolve("group"), real);
    var deep =
        new Account(
            AccountId.tool("fox"), new Uid(61001), new HomePath(world.tools + "/group/fox"), false);

    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.prepare(deep))
        .withMessage(
            "could not open "
                + world.tools
                + "/group on the way to the home of tool fox: it is a symbolic link, not a"
                + " directory");
    assertThat(real).isEmptyDirectory();
  }

  private void rootLinksTo(String target) throws IOException {
    Files.createSymbolicLink(world.tools, Path.of(target));
  }

  private void assertRefused(String reason) {
    assertFails("could not open " + world.tools + " on the way to the home of tool fox" + reason);
    assertThat(world.base.resolve("mnt/nfs/project")).isEmptyDirectory();
  }

  private void assertFails(String message) {
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.prepare(world.tool))
        .withMessageStartingWith(message);
  }
}
