package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.StolenPair;
import io.github.maintainkubeusers.testing.Thief;
import io.github.maintainkubeusers.testing.Victim;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Certificates of one organization, for gateways that refuse a second. */
@ExtendWith(WorldExtension.class)
class OneOrganizationIT {
  private static final int OK = 0;
  private static final int NOTHING_DONE = 3;
  private static final String CONFIG = "credentials: {revocation: none, gracePeriod: 0s}\n";

  @Test
  void hasRightsUntilItIsLockedOrRevoked(World world) throws IOException {
    world.writeConfig(CONFIG);
    world.addTool("plain", 50_001);
    world.addTool("neighbour", 50_002);
    world.addAdmins(60_001, "ada", "bert");
    Victim tool = Victim.tool(world, "plain");
    Victim admin = Victim.admin(world, "ada");
    try (Thief thief = new Thief()) {
      once(world);
      StolenPair first = thief.steal(tool);
      assertThat(organizations(tool)).containsExactly("toolforge");
      assertThat(organizations(admin)).containsExactly("admins");
      Thief.assertPowerful(first);
      Thief.assertPowerful(thief.steal(admin));

      tool.requestCredentials();
      once(world);
      StolenPair second = thief.steal(tool);
      once(world);
      Thief.assertPowerful(second);
      Thief.assertPowerful(first); // as documented: it is the same User
      assertThat(world.run("certificates", "whose", tool.certificate().toString()).output())
          .contains("tool plain");

      aLockEndsTheirRights(world, first, second);
      ProgramRun revoked = world.run("revoke", "plain");
      assertThat(revoked.output())
          .contains("no rights any more. Its new certificates carry a group of their own");
      assertThat(revoked.status()).isEqualTo(OK);
      Thief.assertPowerless(first, second);
      Thief.assertPowerful(thief.steal(tool));
      assertThat(organizations(tool)).hasSize(2);
    }
    aRemovedNameIsKept(world);
  }

  private static void aLockEndsTheirRights(World world, StolenPair... stolen) {
    world.ldap().lockTool("plain");
    once(world);
    Thief.assertPowerless(stolen);
    world.ldap().unlockTool("plain");
    once(world);
    for (StolenPair pair : stolen) {
      Thief.assertPowerful(pair);
    }
  }

  /** Until no certificate could serve its next owner. */
  private static void aRemovedNameIsKept(World world) {
    world.writeConfig(CONFIG + "removal: {retention: 1s}");
    world.ldap().removeTool("neighbour");
    Waiting.until(
        "its removal",
        Duration.ofSeconds(60),
        () -> {
          once(world);
          return !world.plane().kubectl().run("get", "namespace", "tool-neighbour").succeeded();
        });
    ProgramRun forgotten = world.run("forget", "neighbour");
    assertThat(forgotten.output()).contains("a certificate of its former owner would have");
    assertThat(forgotten.status()).isEqualTo(NOTHING_DONE);
  }

  private static void once(World world) {
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isEqualTo(OK);
  }

  private static List<String> organizations(Victim victim) throws IOException {
    return ParsedCertificate.parse(Files.readAllBytes(victim.certificate()))
        .getFirst()
        .subjectName()
        .orElseThrow()
        .organizations();
  }
}
