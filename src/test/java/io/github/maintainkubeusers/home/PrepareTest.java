package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeWorld.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Gid;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RootOnly
class PrepareTest {
  private HomeWorld world;
  private UnixHomes homes;

  @BeforeEach
  void open() throws IOException {
    world = new HomeWorld();
    homes = world.homes();
  }

  @AfterEach
  void close() {
    homes.close();
    world.close();
  }

  @Test
  void makesAToolsHomeWithItsFolders() {
    homes.prepare(world.tool);

    assertThat(look(world.in(""))).isEqualTo("61001:61001 2775");
    assertThat(look(world.in("logs"))).isEqualTo("61001:61001 2775");
    assertThat(look(world.in(".kube"))).isEqualTo("61001:61001 755");
    assertThat(look(world.in(".toolskube"))).isEqualTo("61001:61001 755");
    assertThat(world.in("")).isDirectoryNotContaining("glob:**/.maintain*");
    assertThat(world.tools.toFile().list()).containsExactly("fox");
  }

  @Test
  void givesAHomeToTheGroupThatTheDirectoryNamesWithTheModeThatIsConfigured() throws IOException {
    var grouped =
        new Account(world.tool.id(), world.tool.uid(), new Gid(61777), world.tool.home(), false);
    var defaults = world.settings(Duration.ofSeconds(10), false);
    var settings =
        new HomeSettings(
            defaults.roots(),
            defaults.maxFileBytes(),
            defaults.workers(),
            defaults.deadline(),
            false,
            Map.of(AccountKind.TOOL, 02750, AccountKind.ADMIN, 0700));
    try (UnixHomes configured = world.homes(HomeWorld.kernel(), settings)) {
      configured.prepare(grouped);
      configured.prepare(world.admin);
      configured.write(
          grouped, List.of(new HomeWrite(HomeFile.TOOL_KEY, new byte[] {1}, Optional.empty())));
    }

    assertThat(look(world.in(""))).isEqualTo("61001:61777 2750");
    assertThat(look(world.in("logs"))).isEqualTo("61001:61777 2750");
    assertThat(look(world.in(".toolskube"))).isEqualTo("61001:61777 755");
    assertThat(look(world.in(".toolskube/client.key"))).isEqualTo("61001:61777 400");
    assertThat(look(world.admins.resolve("ada"))).isEqualTo("61003:61003 700");
  }

  @Test
  void makesAnAdminsHomeForItsOwnerAlone() {
    homes.prepare(world.admin);

    assertThat(look(world.admins.resolve("ada"))).isEqualTo("61003:61003 2700");
    assertThat(look(world.admins.resolve("ada/.kube"))).isEqualTo("61003:61003 700");
    assertThat(look(world.admins.resolve("ada/.admkube"))).isEqualTo("61003:61003 700");
    assertThat(world.admins.resolve("ada/logs")).doesNotExist();
  }

  @Test
  void leavesWhatExistsAsItIs() throws IOException {
    homes.prepare(world.tool);
    HomeWorld.own(world.in("logs"), 0, 0755);
    Files.setAttribute(world.in(".kube"), "unix:mode", 0700);
    Files.setAttribute(world.in(""), "unix:mode", 0710);
    Canary logs = Canary.of(world.in("logs"));
    Canary kube = Canary.of(world.in(".kube"));
    Canary home = Canary.of(world.in(""));

    homes.prepare(world.tool);

    logs.assertUntouched();
    kube.assertUntouched();
    home.assertUntouched();
  }

  @Test
  void addsTheFoldersThatAnExistingHomeLacks() throws IOException {
    HomeWorld.own(Files.createDirectory(world.in("")), 61001, 0750);

    homes.prepare(world.tool);

    assertThat(look(world.in(""))).isEqualTo("61001:61001 750");
    assertThat(look(world.in("logs"))).isEqualTo("61001:61001 2775");
  }

  @Test
  void givesNewFoldersTheOwnersGroupEvenInAHomeThatHandsDownAnother() throws IOException {
    HomeWorld.own(Files.createDirectory(world.in("")), 61001, 0750);
    Files.setAttribute(world.in(""), "unix:gid", 61002);
    Files.setAttribute(world.in(""), "unix:mode", 02770);

    homes.prepare(world.tool);

    assertThat(look(world.in("logs"))).isEqualTo("61001:61001 2775");
  }

  @Test
  void takesUpWhatACrashHasLeft() throws IOException {
    HomeWorld.own(
        Files.createDirectory(world.tools.resolve(".maintain-kubeusers-61001-fox")), 0, 0700);
    homes.prepare(world.tool);
    assertThat(look(world.in(""))).isEqualTo("61001:61001 2775");

    HomeWorld.own(
        Files.createDirectory(world.tools.resolve(".maintain-kubeusers-61002-owl")), 61002, 0700);
    homes.prepare(world.neighbour);
    assertThat(look(world.tools.resolve("owl"))).isEqualTo("61002:61002 2775");
    assertThat(world.tools.toFile().list()).containsExactlyInAnyOrder("fox", "owl");
  }

  @Test
  void refusesAHomeThatBelongsToSomebodyElse() throws IOException {
    HomeWorld.own(Files.createDirectory(world.in("")), 61002, 0755);

    assertFails(
        "could not open " + world.in("") + " of tool fox: it belongs to user 61002, not to 61001");
    assertThat(world.in("")).isEmptyDirectory();
  }

  @Test
  void refusesAHomeOutsideTheRoots() {
    for (String path :
        new String[] {
          "/etc/fox", world.base + "/fox", world.admins + "/fox", world.tools + "-other/fox"
        }) {
      var stray = new Account(AccountId.tool("fox"), new Uid(61001), new HomePath(path), false);
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> homes.prepare(stray))
          .withMessageContaining("could not prepare " + path + " of tool fox: ")
          .withMessageContaining("expected below [" + world.tools + "]");
      assertThat(Path.of(path)).doesNotExist();
    }
  }

  @Test
  void refusesAParentThatOthersCanWriteTo() throws IOException {
    for (int mode : new int[] {0777, 0775, 01777}) {
      Files.setAttribute(world.tools, "unix:mode", mode);
      assertFails(
          "could not open "
              + world.tools
              + " on the way to the home of tool fox: others can write to it");
    }
    Files.setAttribute(world.tools, "unix:mode", 0755);
    HomeWorld.own(world.tools, 61002, 0755);
    assertFails(
        "could not open "
            + world.tools
            + " on the way to the home of tool fox: it belongs to user 61002, not to root");
    assertThat(world.tools).isEmptyDirectory();
  }

  @Test
  void saysWhichParentIsMissing() throws IOException {
    Files.delete(world.tools);

    assertFails(
        "could not open "
            + world.tools
            + " on the way to the home of tool fox: No such file or directory (ENOENT)");
  }

  private void assertFails(String message) {
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.prepare(world.tool))
        .withMessageStartingWith(message);
  }
}
