package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code certificates whose} on a real cluster. */
@ExtendWith(WorldExtension.class)
class WhoseIT {
  private static final int HAS_RIGHTS = 0;
  private static final int COULD_NOT_RUN = 1;
  private static final int HAS_NONE = 3;

  @Test
  void tellsWhoseACertificateIsWhateverItIsKnownBy(World world) throws IOException {
    world.addTool("owner", 50_001);
    assertThat(world.run("--once").status()).isZero();
    Path stolen = world.copyOfHome("owner").resolve(".toolskube/client.crt");
    ParsedCertificate certificate = ParsedCertificate.parse(Files.readAllBytes(stolen)).getFirst();

    assertTold(
        whose(world, stolen.toString()),
        HAS_RIGHTS,
        "tool owner: generation 1, current, has rights, ends ");
    assertTold(
        whose(world, certificate.fingerprint()), HAS_RIGHTS, "tool owner: generation 1, current");
    assertTold(whose(world, "X509SHA256=" + certificate.fingerprint()), HAS_RIGHTS, "tool owner: ");
    assertTold(whose(world, "SN=" + certificate.serial()), HAS_RIGHTS, "tool owner: ");
    assertTold(
        world.run("certificates", "whose", stolen.toString(), "-o=json"),
        HAS_RIGHTS,
        "\"state\": \"current\"",
        "\"hasRights\": true");

    assertThat(world.run("revoke", "owner").status()).isZero();

    assertTold(
        whose(world, stolen.toString()),
        HAS_NONE,
        "tool owner: generation 1, revoked, has no rights",
        "an admin revoked it at");
    assertTold(
        whose(world, certificate.fingerprint()), HAS_NONE, "tool owner: generation 1, revoked");
    assertTold(whose(world, "0".repeat(64)), HAS_NONE, "unknown: no account here");
    assertTold(
        whose(world, world.plane().ca().certificate().toString()),
        HAS_NONE,
        "unknown: no account here");
    assertTold(
        whose(world, world.folder().resolve("config.yaml").toString()),
        COULD_NOT_RUN,
        "there is no certificate in it");
    assertTold(
        whose(world, "nowhere.crt"),
        COULD_NOT_RUN,
        "could not read nowhere.crt: there is no such file");
  }

  private static ProgramRun whose(World world, String what) {
    return world.run("certificates", "whose", what);
  }

  private static void assertTold(ProgramRun run, int status, String... texts) {
    assertThat(run.output()).contains(texts);
    assertThat(run.status()).as(run.output()).isEqualTo(status);
  }
}
