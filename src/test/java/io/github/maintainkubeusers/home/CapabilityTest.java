package io.github.maintainkubeusers.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the program can do with how much power: a second JVM is started with as much as a test gives
 * it.
 */
@RootOnly
class CapabilityTest {
  private static final String DONE = "[.kube/config]";

  private HomeWorld world;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv (util-linux) is needed");
    world = new HomeWorld();
    copyClasses(
        world.base.resolve("classes"),
        Account.class,
        Kernel.class,
        UnixHomes.class,
        CapabilityProbe.class);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void rootNeedsToSwitchUserAndGroupForHomesThatExist() throws Exception {
    home("fox", 61001, 0700);
    assertThat(asRoot("setuid,setgid", "fox", 61001)).isEqualTo(DONE);
    assertThat(HomeWorld.look(world.in(".kube/config"))).isEqualTo("61001:61001 600");

    assertThat(asRoot("setuid,setgid", "owl", 61002))
        .isEqualTo(
            "could not create "
                + world.tools
                + "/owl of tool owl: making a directory for another user needs CAP_CHOWN");
    assertThat(world.tools.toFile().list()).containsExactly("fox");
  }

  @Test
  void rootNeedsChownInAdditionForHomesThatAreMissing() throws Exception {
    assertThat(asRoot("setuid,setgid,chown", "fox", 61001)).isEqualTo(DONE);
    assertThat(HomeWorld.look(world.in(""))).isEqualTo("61001:61001 2775");
  }

  @Test
  void rootWithoutThemSaysSoAndTouchesNothing() throws Exception {
    home("fox", 61001, 0755);
    assertThat(asRoot("setuid,chown,dac_override", "fox", 61001))
        .isEqualTo("could not work on homes as their owners: this program lacks [CAP_SETGID]");
    assertThat(asRoot("chown", "fox", 61001))
        .isEqualTo(
            "could not work on homes as their owners: this program lacks [CAP_SETUID, CAP_SETGID]");
    assertThat(world.in("")).isEmptyDirectory();
  }

  @Test
  void anotherUserCanBeGivenThem() throws Exception {
    home("fox", 61001, 0700);
    assertThat(asUser(61009, "setuid,setgid", "fox", 61001)).isEqualTo(DONE);

    assertThat(asUser(61009, "setuid,setgid,chown", "owl", 61002))
        .isEqualTo(
            "could not create "
                + world.tools
                + "/owl of tool owl: Permission denied (EACCES); make the home by other means, or"
                + " let this program's user make it: a file server that takes root for nobody"
                + " (root_squash) does not");
    assertThat(asUser(61009, "setuid,setgid,chown,dac_override", "elk", 61004)).isEqualTo(DONE);
    HomeWorld.own(world.tools, 61009, 0755);
    assertThat(asUser(61009, "setuid,setgid,chown", "owl", 61002)).isEqualTo(DONE);
    assertThat(HomeWorld.look(world.tools.resolve("owl"))).isEqualTo("61002:61002 2775");
  }

  @Test
  void powerThatIsNotNeededIsNotUsedInAHome() throws Exception {
    String all = "setuid,setgid,chown,dac_override,dac_read_search,fowner,sys_admin";
    home("fox", 61001, 0755);
    home("fox/.kube", 61001, 0);
    String denied =
        "could not open " + world.in(".kube") + " of tool fox: Permission denied (EACCES)";
    assertThat(asUser(61009, all, "fox", 61001)).isEqualTo(denied);
    assertThat(asRoot(all, "fox", 61001)).isEqualTo(denied);
  }

  @Test
  void anotherUserWithSomeOfThemOnlySaysSo() throws Exception {
    home("fox", 61001, 0755);
    assertThat(asUser(61001, "setuid,dac_override", "fox", 61001))
        .isEqualTo("could not work on homes as their owners: this program lacks [CAP_SETGID]");
  }

  @Test
  void anOrdinaryUserWorksForItself() throws Exception {
    home("fox", 61001, 0755);
    home("owl", 61002, 0777);
    assertThat(asUser(61001, "", "fox", 61001)).isEqualTo(DONE);
    assertThat(asUser(61001, "", "owl", 61002))
        .isEqualTo(
            "could not act as user 61002 of tool owl: "
                + "this program runs as user 61001 without CAP_SETUID and CAP_SETGID");
    assertThat(world.tools.resolve("owl")).isEmptyDirectory();

    HomeWorld.own(world.tools, 61001, 0755);
    HomeWorld.shell("rm -r '" + world.in("") + "'");
    assertThat(asUser(61001, "", "fox", 61001)).isEqualTo(DONE);
    assertThat(HomeWorld.look(world.in(""))).isEqualTo("61001:61001 2775");
    assertThat(HomeWorld.look(world.in("logs"))).isEqualTo("61001:61001 2775");
  }

  /**
   * Classes that cannot be read by tenants must have been loaded before they are needed as a
   * tenant.
   */
  @Test
  void needsNoClassFileAsATenant() throws Exception {
    Files.setAttribute(world.base.resolve("classes"), "unix:mode", 0700);
    world.fifo(Path.of(home("fox", 61001, 0755) + "/.toolskube"));
    assertThat(asRoot("setuid,setgid", "fox", 61001))
        .isEqualTo(
            "could not create "
                + world.in(".toolskube")
                + " of tool fox: there is a named pipe in its place; rename or delete it, "
                + "and the directory will be made");
  }

  private Path home(String name, int uid, int mode) throws IOException {
    Path path = Files.createDirectory(world.tools.resolve(name));
    HomeWorld.own(path, uid, mode);
    return path;
  }

  private String asRoot(String capabilities, String name, int uid) throws Exception {
    return probe(List.of("--bounding-set=-all" + plus(capabilities)), name, uid);
  }

  private String asUser(int user, String capabilities, String name, int uid) throws Exception {
    return probe(
        List.of(
            "--reuid=" + user,
            "--regid=" + user,
            "--clear-groups",
            "--inh-caps=-all" + plus(capabilities),
            "--ambient-caps=-all" + plus(capabilities),
            "--bounding-set=-all" + plus(capabilities)),
        name,
        uid);
  }

  private static String plus(String capabilities) {
    return capabilities.isEmpty() ? "" : ",+" + capabilities.replace(",", ",+");
  }

  private String probe(List<String> power, String name, int uid) throws Exception {
    List<String> command = new ArrayList<>(List.of("setpriv"));
    command.addAll(power);
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "--enable-native-access=ALL-UNNAMED",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            world.base + "/classes",
            CapabilityProbe.class.getName(),
            world.tools.toString(),
            name,
            Integer.toString(uid)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).as("%s", said).isZero();
    return said;
  }

  /**
   * The packages of these classes, as they lie in their class folders, to where any user can read
   * them.
   */
  static void copyClasses(Path target, Class<?>... members) throws Exception {
    for (Class<?> member : members) {
      String folder = member.getPackageName().replace('.', '/');
      Path source =
          Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI())
              .resolve(folder);
      Files.createDirectories(target.resolve(folder));
      try (Stream<Path> files = Files.list(source)) {
        for (Path file :
            files.filter(path -> !path.toString().matches(".*(Test|Benchmark).*")).toList()) {
          Files.copy(file, target.resolve(folder).resolve(file.getFileName()));
        }
      }
    }
  }
}
