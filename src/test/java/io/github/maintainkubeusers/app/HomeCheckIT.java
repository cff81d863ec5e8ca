package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.User;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lost and damaged credentials are found and replaced; what is well is not touched. */
@ExtendWith(WorldExtension.class)
class HomeCheckIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void lostAndDamagedCredentialsAreReplacedAndTheRestIsNotTouched(World world) throws IOException {
    world.writeConfig("homes: {checkInterval: 2s}");
    for (String tool : new String[] {"well", "keyless", "mixed-up", "linked", "unconfigured"}) {
      world.addTool(tool, 50_001 + tool.length());
    }
    try (ProgramRun program = world.start("--interval=1")) {
      for (String tool : new String[] {"well", "keyless", "mixed-up", "linked", "unconfigured"}) {
        Waiting.until("the record of " + tool, SOON, () -> recorded(world, tool));
      }
      Path well = certificate(world, "well");
      Object wellInode = Files.getAttribute(well, "unix:ino");
      String unconfigured = Certificates.serial(certificate(world, "unconfigured"));

      Files.delete(key(world, "keyless"));
      replace(
          key(world, "mixed-up"),
          Files.copy(key(world, "well"), world.folder().resolve("other-key")));
      replace(
          certificate(world, "linked"),
          Files.createSymbolicLink(world.folder().resolve("link"), Path.of("/etc/passwd")));
      Files.delete(world.toolHome("unconfigured").resolve(".kube/config"));

      for (String tool : new String[] {"keyless", "mixed-up", "linked", "unconfigured"}) {
        Waiting.until(
            "new credentials of " + tool + "\n" + program.output(),
            SOON,
            () -> world.kubectl(world.toolHome(tool)).run("get", "configmaps").succeeded());
      }
      assertThat(certificate(world, "linked")).isRegularFile();
      assertThat(Files.isSymbolicLink(certificate(world, "linked"))).isFalse();
      Waiting.until(
          "it says so\n" + program.output(),
          SOON,
          () -> program.output().contains("tool keyless: done (damaged credentials)"));
      assertThat(Certificates.serial(certificate(world, "unconfigured"))).isEqualTo(unconfigured);
      assertThat(Files.getAttribute(well, "unix:ino")).isEqualTo(wellInode);
    }
  }

  @Test
  void anotherHomeIsLookedIntoInThePassThatReadsIt(World world) {
    world.addTool("moving", 50_001);
    try (ProgramRun program = world.start("--interval=1")) {
      Waiting.until("the record of moving", SOON, () -> recorded(world, "moving"));
      int uid = User.isRoot() ? 50_001 : User.uid();
      Path next = world.toolHomes().resolve("moved");
      world.ldap().removeTool("moving");
      world.ldap().addTool("moving", uid, next.toString());

      Waiting.until(
          "credentials in the new home\n" + program.output(),
          SOON,
          () ->
              Files.exists(next.resolve(".kube/config"))
                  && world.kubectl(next).run("get", "configmaps").succeeded());
    }
  }

  /**
   * Another name with the same user id and home: the kubeconfig must not keep the namespace of the
   * old name.
   */
  @Test
  void aToolThatIsRenamedUsesItsNewNamespace(World world) {
    world.addTool("maiden-name", 50_001);
    try (ProgramRun program = world.start("--interval=1")) {
      Waiting.until("the record of maiden-name", SOON, () -> recorded(world, "maiden-name"));
      int uid = User.isRoot() ? 50_001 : User.uid();
      Path home = world.toolHome("maiden-name");
      world.ldap().removeTool("maiden-name");
      world.ldap().addTool("married-name", uid, home.toString());

      Waiting.until(
          "the context of the new name\n" + program.output(),
          SOON,
          () -> {
            var view =
                world
                    .kubectl(home)
                    .run(
                        "config",
                        "view",
                        "--minify",
                        "-o",
                        "jsonpath={.contexts[0].context.namespace}");
            return view.output().equals("tool-married-name")
                && world.kubectl(home).run("get", "configmaps").succeeded();
          });
    }
  }

  @Test
  void anOperatorHasHomesLookedIntoNowAndRepaired(World world) throws IOException {
    for (String tool : new String[] {"sound", "robbed", "garbled"}) {
      world.addTool(tool, 50_001 + tool.length() * 10);
    }
    assertThat(world.run("--once").status()).isZero();
    assertThat(world.run("check-homes"))
        .satisfies(
            run -> {
              assertThat(run.status()).as(run.output()).isZero();
              assertThat(run.output()).contains("3 homes checked, 0 with faults");
            });
    Files.delete(key(world, "robbed"));
    Files.writeString(world.toolHome("garbled").resolve(".kube/config"), "users: [unclosed");

    ProgramRun all = world.run("check-homes");
    assertThat(all.status()).isEqualTo(3);
    assertThat(all.output())
        .contains(
            "tool robbed: lacks key or certificate",
            "tool garbled: has a kubeconfig that cannot be read",
            "3 homes checked, 2 with faults")
        .doesNotContain("tool sound");
    assertThat(key(world, "robbed")).as("nothing is changed").doesNotExist();

    ProgramRun unknown = world.run("check-homes", "sound", "nobody-there");
    assertThat(unknown.status()).isEqualTo(3);
    assertThat(unknown.output())
        .contains("tool sound: well", "tool nobody-there: is not in the directory");
    assertThat(world.run("check-homes", "No Name").status()).isEqualTo(2);

    ProgramRun repaired = world.run("check-homes", "--repair", "robbed");
    assertThat(repaired.status()).as(repaired.output()).isZero();
    assertThat(repaired.output()).contains("tool robbed: repaired (damaged credentials)");
    assertThat(world.kubectl(world.toolHome("robbed")).run("get", "configmaps").succeeded())
        .isTrue();
    assertThat(world.run("check-homes", "robbed").status()).isZero();
    assertThat(world.run("check-homes", "--repair", "garbled").status())
        .as("its owner's to correct")
        .isEqualTo(3);
  }

  /** In one step, before the program could mend what is missing. */
  private static void replace(Path file, Path by) throws IOException {
    Files.move(by, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean recorded(World world, String tool) {
    return world
        .plane()
        .kubectl()
        .run("get", "configmap", "maintain-kubeusers", "-n", "tool-" + tool)
        .succeeded();
  }

  private static Path certificate(World world, String tool) {
    return world.toolHome(tool).resolve(".toolskube/client.crt");
  }

  private static Path key(World world, String tool) {
    return world.toolHome(tool).resolve(".toolskube/client.key");
  }
}
