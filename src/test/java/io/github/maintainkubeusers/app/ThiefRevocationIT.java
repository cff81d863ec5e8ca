package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.FaultyApiServer;
import io.github.maintainkubeusers.testing.HeldCall;
import io.github.maintainkubeusers.testing.Incumbent;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.StolenPair;
import io.github.maintainkubeusers.testing.Thief;
import io.github.maintainkubeusers.testing.Victim;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was revoked has no rights when the command returns, and never again. */
@ExtendWith(WorldExtension.class)
class ThiefRevocationIT {
  private static final String CONTROLLER =
      """
      interval: 1s
      leaderElection: {enabled: true}
      credentials: {refreshBurst: 1000}
      """;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int NOTHING_DONE = 3;

  /** Rights, request, approval, end of the request, record, ConfigMap. */
  private static final int WRITES_OF_AN_ISSUE = 6;

  @Test
  void aThiefWhoBreaksTheKubeconfigCannotUndoIt(World world) throws IOException {
    world.writeConfig(CONTROLLER);
    Victim robbed = Victim.tool(world, "robbed");
    world.addTool("robbed", 50_001);
    try (Thief thief = new Thief()) {
      StolenPair stolen;
      StolenPair replacement;
      try (ProgramRun program = world.start()) {
        stolen = thief.stealNew(robbed, program::output);
        Files.writeString(robbed.kubeconfig(), "users: [");

        assertRevoked(world.run("revoke", "robbed"));

        Thief.assertPowerless(stolen);
        program.awaitPasses(program.passes() + 2, SOON);
        Thief.assertPowerless(stolen);
        replacement = thief.stealNew(robbed, program::output);
      }
      world.writeConfig("");
      ProgramRun restarted = world.run("--once");
      assertThat(stolen.rights()).as("after a restart\n" + restarted.output()).isEmpty();
      Thief.assertPowerful(replacement);
    }
  }

  @Test
  void aRevocationBetweenAnyTwoWritesOfAnIssueIsNotUndone(World world) {
    Victim tool = Victim.tool(world, "reissued");
    world.addTool("reissued", 50_001);
    try (Thief thief = new Thief();
        FaultyApiServer api = FaultyApiServer.start(world.plane());
        ProgramRun program = startThrough(api, world)) {
      var revoked = new ArrayList<StolenPair>();
      StolenPair current = thief.stealNew(tool, program::output);
      for (int writes = 0; writes < WRITES_OF_AN_ISSUE; writes++) {
        revoked.add(current);
        HeldCall held = HeldCall.afterWrites(writes);
        api.inject(held);
        tool.requestCredentials();
        held.awaitCaught(program);
        revoked.add(thief.steal(tool));

        assertRevoked(world.run("revoke", "reissued"));
        held.release();

        current = thief.stealNew(tool, program::output);
        Thief.assertPowerless(revoked.toArray(StolenPair[]::new));
      }
      program.awaitPasses(program.passes() + 2, SOON);
      Thief.assertPowerless(revoked.toArray(StolenPair[]::new));
      Thief.assertPowerful(current);
    }
  }

  @Test
  void aRevocationJustBeforeTheRecordOfAnAdminIsNotUndone(World world) {
    Victim admin = Victim.admin(world, "boss");
    world.addAdmins(60_001, "boss", "colleague");
    try (Thief thief = new Thief();
        FaultyApiServer api = FaultyApiServer.start(world.plane());
        ProgramRun program = startThrough(api, world)) {
      StolenPair before = thief.stealNew(admin, program::output);
      HeldCall held =
          HeldCall.first(
              call ->
                  call.isWrite()
                      && call.path()
                          .matches(
                              "/api/v1/namespaces/maintain-kubeusers/configmaps/maintain-kubeusers(\\?.*)?"));
      api.inject(held);
      admin.requestCredentials();
      held.awaitCaught(program);
      StolenPair meanwhile = thief.steal(admin);

      assertRevoked(world.run("revoke", "--admin", "boss"));
      Thief.assertPowerless(before, meanwhile);
      held.release();

      StolenPair replacement = thief.stealNew(admin, program::output);
      program.awaitPasses(program.passes() + 2, SOON);
      Thief.assertPowerless(before, meanwhile);
      Thief.assertPowerful(replacement);
    }
  }

  @Test
  void whoIsRevokedAndLockedInEitherOrderComesBackWithNewCredentials(World world) {
    List<Victim> victims =
        List.of(
            Victim.tool(world, "first-revoked"),
            Victim.tool(world, "first-locked"),
            Victim.admin(world, "locked-admin"));
    world.addTool("first-revoked", 50_001);
    world.addTool("first-locked", 50_002);
    world.addAdmins(60_001, "locked-admin", "colleague");
    once(world);
    try (Thief thief = new Thief()) {
      StolenPair[] stolen = victims.stream().map(thief::steal).toArray(StolenPair[]::new);
      world.ldap().lockTool("first-locked");
      world.ldap().lockPerson("locked-admin");
      once(world);
      world.ldap().lockTool("first-revoked");

      assertRevoked(world.run("revoke", "first-revoked", "first-locked"));
      assertRevoked(world.run("revoke", "--admin", "locked-admin"));
      Thief.assertPowerless(stolen);
      once(world);
      Thief.assertPowerless(stolen);
      world.ldap().unlockTool("first-revoked");
      world.ldap().unlockTool("first-locked");
      world.ldap().unlockPerson("locked-admin");
      once(world);

      Thief.assertPowerless(stolen);
      victims.forEach(victim -> Thief.assertPowerful(thief.stealNew(victim, () -> "")));
    }
  }

  @Test
  void whatAnEarlierControllerIssuedIsRevokedBeforeItIsTakenOver(World world) {
    var incumbent = new Incumbent(world);
    incumbent.provisionTool("veteran", 50_001);
    incumbent.provisionAdmin("ada", 60_001);
    world.addTool("veteran", 50_001);
    world.addAdmins(60_001, "ada");
    List<Victim> victims = List.of(Victim.tool(world, "veteran"), Victim.admin(world, "ada"));
    try (Thief thief = new Thief()) {
      StolenPair[] stolen = victims.stream().map(thief::steal).toArray(StolenPair[]::new);

      assertRevoked(world.run("revoke", "veteran"));
      assertRevoked(world.run("revoke", "--admin", "ada"));
      Thief.assertPowerless(stolen);
      once(world);

      Thief.assertPowerless(stolen);
      victims.forEach(victim -> Thief.assertPowerful(thief.stealNew(victim, () -> "")));
    }
  }

  @Test
  void withoutAControllerTheCommandIssuesNewCredentialsItself(World world) {
    Victim tool = Victim.tool(world, "lonely");
    world.addTool("lonely", 50_001);
    once(world);
    try (Thief thief = new Thief()) {
      StolenPair stolen = thief.steal(tool);

      assertRevoked(world.run("revoke", "lonely"));

      Thief.assertPowerless(stolen);
      Thief.assertPowerful(thief.steal(tool));
    }
  }

  @Test
  void rightsEndAlsoWhereTheHomeCannotBeWritten(World world) throws IOException {
    Victim tool = Victim.tool(world, "sealed");
    world.addTool("sealed", 50_001);
    once(world);
    Path folder = tool.certificate().getParent();
    try (Thief thief = new Thief()) {
      StolenPair stolen = thief.steal(tool);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));

      ProgramRun revoke = world.run("revoke", "sealed");

      Thief.assertPowerless(stolen);
      assertThat(revoke.output())
          .as("it says that there are no new credentials yet, and why")
          .contains("could not", folder.toString());
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      once(world);
      Thief.assertPowerless(stolen);
      Thief.assertPowerful(thief.steal(tool));
    }
  }

  @Test
  void aNameThatTheClusterHoldsNothingOfIsSaid(World world) {
    world.addTool("not-yet", 50_001);
    ProgramRun revoke = world.run("revoke", "not-yet", "no-such-tool");
    assertThat(revoke.status()).as(revoke.output()).isEqualTo(NOTHING_DONE);
    assertThat(revoke.output()).contains("tool not-yet: ", "tool no-such-tool: ");
  }

  /** The controller alone is held up; commands reach the API server directly. */
  private static ProgramRun startThrough(FaultyApiServer api, World world) {
    world.writeConfig(CONTROLLER);
    world.connectTo(api.url());
    ProgramRun program = world.start();
    program.awaitPasses(1, SOON);
    world.connectTo(world.plane().server());
    return program;
  }

  private static void assertRevoked(ProgramRun revoke) {
    assertThat(revoke.status()).as(revoke.output()).isZero();
  }

  private static void once(World world) {
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isZero();
  }
}
