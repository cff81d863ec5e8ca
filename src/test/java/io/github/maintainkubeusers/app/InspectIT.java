package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code certificates inspect} on a real cluster. */
@ExtendWith(WorldExtension.class)
class InspectIT {
  private static final int OK = 0;
  private static final int COULD_NOT_RUN = 1;
  private static final int ALARM = 3;
  private static final String ADDRESS = "127.0.0.1";

  @Test
  void tellsOfAnAccountWhatItsPairIsAndWhetherItHasRights(World world) throws IOException {
    world.addTool("shown", 50_001);
    world.addAdmins(60_001, "lena", "lars");
    assertThat(world.run("--once").status()).isZero();

    assertTold(
        inspect(world, "tool:shown"),
        OK,
        "tool shown (stored)",
        "groups   toolforge, tool:shown:",
        "usages   client auth",
        "private key matches",
        "leads to CN=ca",
        "state    well");
    assertTold(
        inspect(world, "admin:lena"), OK, "admin lena (stored)", "groups   admins, admin:lena:");
    assertTold(
        inspect(world, world.toolHome("shown").resolve(".kube/config").toString()),
        OK,
        "kubeconfig " + world.toolHome("shown"),
        "private key matches",
        "server-ca ",
        "server " + server(world.plane()) + " (served)");

    byte[] stale = Files.readAllBytes(certificate(world));
    assertThat(world.run("revoke", "shown").status()).isZero();
    assertTold(inspect(world, "tool:shown"), OK, "state    well");
    overwrite(certificate(world), stale);
    assertTold(
        inspect(world, "tool:shown"), ALARM, "problem  an admin revoked it at", "DOES NOT MATCH");
  }

  @Test
  void tellsOfARecordWhereTheHomeCannotBeRead(World world) {
    world.addTool("far", 50_001);
    assertThat(world.run("--once").status()).isZero();
    world.ldap().removeTool("far");

    assertTold(
        inspect(world, "tool:far"),
        COULD_NOT_RUN,
        "tool far (recorded)",
        "sha256   ",
        "problem  what is in its home is not known: the directory has no valid entry of tool far");
    assertTold(inspect(world, "tool:stranger"), COULD_NOT_RUN, "state    unknown");
  }

  @Test
  void tellsWhatTheApiServerShows(World world) {
    ControlPlane plane = world.plane();
    String port = plane.server().replaceAll(".*:", "");

    assertTold(
        inspect(world, server(plane)),
        OK,
        "server " + server(plane) + " (served)",
        "names    " + ADDRESS,
        "leads to CN=ca");
    assertTold(
        inspect(world, "127.0.0.2:" + port),
        COULD_NOT_RUN,
        "state    unknown",
        "Connection refused");
    assertTold(
        world.run("certificates", "inspect", server(plane), "--warn=4000d", "-o", "json"),
        ALARM,
        "\"state\": \"ends\"",
        "\"caName\": \"CN=ca\"",
        "\"evidence\": \"served\"");
  }

  @Test
  void namesTheRightThatIsMissing(World world) {
    ControlPlane plane = world.plane();
    plane
        .kubectl()
        .get(
            "create",
            "secret",
            "tls",
            "shown",
            "-n",
            "default",
            "--cert=" + plane.folder().resolve("apiserver.crt"),
            "--key=" + plane.folder().resolve("apiserver.key"));
    try {
      assertTold(
          inspect(world, "secret/default/shown"),
          COULD_NOT_RUN,
          "could not read secrets default/shown",
          "cannot get resource \"secrets\"");
      world.connectAsNobody();
      assertTold(
          inspect(world, plane.folder().resolve("apiserver.crt").toString()),
          COULD_NOT_RUN,
          "problem  the cluster's CAs are not known",
          "cannot list resource \"configmaps\"");
      world.connectAsAdmin();
      assertTold(
          inspect(world, "secret/default/shown"),
          OK,
          "secret default/shown tls.crt (stored)",
          "private key matches");
      assertTold(
          inspect(world, "secret/default/missing"), COULD_NOT_RUN, "there is no such Secret");
    } finally {
      plane.kubectl().get("delete", "secret", "shown", "-n", "default");
    }
  }

  private static ProgramRun inspect(World world, String what) {
    return world.run("certificates", "inspect", what);
  }

  private static void assertTold(ProgramRun run, int status, String... texts) {
    assertThat(run.output()).contains(texts);
    assertThat(run.status()).as(run.output()).isEqualTo(status);
  }

  private static String server(ControlPlane plane) {
    return plane.server().replace("https://", "");
  }

  private static Path certificate(World world) {
    return world.toolHome("shown").resolve(".toolskube/client.crt");
  }

  /** In place, so that it stays its owner's. */
  private static void overwrite(Path file, byte[] content) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
  }
}
