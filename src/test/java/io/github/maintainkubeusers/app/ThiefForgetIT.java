package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.RootOnly;
import io.github.maintainkubeusers.testing.StolenPair;
import io.github.maintainkubeusers.testing.Thief;
import io.github.maintainkubeusers.testing.Victim;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A name, a namespace or a record that is made anew never meets an old certificate. */
@ExtendWith(WorldExtension.class)
class ThiefForgetIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int NOTHING_DONE = 3;
  private static final int FORMER = 50_001;
  private static final int NEW = 50_777;

  @Test
  @RootOnly
  void aFormerOwnerHasNoRightsOfTheNewOwnerOfAForgottenName(World world) {
    Victim former = Victim.tool(world, "heirloom");
    Victim heir = former.in(world.toolHome("heirloom-anew"));
    try (Thief thief = new Thief();
        ProgramRun program = startDeleting(world)) {
      world.addTool("heirloom", FORMER);
      StolenPair stolen = thief.stealNew(former, program::output);
      world.ldap().removeTool("heirloom");
      awaitNoNamespace(former);
      world.ldap().addTool("heirloom", NEW, heir.home().toString());
      awaitOutput(program, "tool \"heirloom\" is held (name-reused)");

      ProgramRun forget = world.run("forget", "heirloom");

      assertThat(forget.status()).as(forget.output()).isZero();
      Thief.assertPowerful(thief.stealNew(heir, program::output));
      Thief.assertPowerless(stolen);
      assertThat(forget.output()).contains("heirloom");
    }
  }

  /**
   * What is kept of a removed tool is kept for as long as its last certificate, and an earlier one
   * may live longer.
   */
  @Test
  void aToolThatComesBackAfterItsTombstoneEndedBringsNoOldCredentialsBack(World world) {
    Victim tool = Victim.tool(world, "revenant");
    try (Thief thief = new Thief();
        ProgramRun program = startDeleting(world)) {
      world.addTool("revenant", FORMER);
      StolenPair stolen = thief.stealNew(tool, program::output);
      world.ldap().removeTool("revenant");
      awaitNoNamespace(tool);
      kubectl(world)
          .get("delete", "configmap", "maintain-kubeusers-tombstones", "-n", "maintain-kubeusers");

      world.addTool("revenant", FORMER);

      Thief.assertPowerful(thief.stealNew(tool, program::output));
      Thief.assertPowerless(stolen);
    }
  }

  @Test
  @RootOnly
  void anotherUserIdEndsTheRightsOfALiveRecordAndForgetGivesTheNewOwnerCredentials(World world) {
    world.writeConfig("interval: 1s");
    Victim tool = Victim.tool(world, "passed-on");
    Victim admin = Victim.admin(world, "deputy");
    Victim newTool = tool.in(world.toolHome("passed-on-anew"));
    Victim newAdmin = admin.in(world.adminHome("deputy-anew"));
    world.addTool("passed-on", FORMER);
    world.addAdmins(60_001, "deputy", "colleague");
    try (Thief thief = new Thief();
        ProgramRun program = world.start()) {
      StolenPair ofTool = thief.stealNew(tool, program::output);
      StolenPair ofAdmin = thief.stealNew(admin, program::output);
      world.ldap().removeTool("passed-on");
      world.ldap().addTool("passed-on", NEW, newTool.home().toString());
      world.ldap().removePerson("deputy");
      world.ldap().addPerson("deputy", NEW + 1, newAdmin.home().toString());

      Thief.awaitPowerless(program::output, ofTool, ofAdmin);
      awaitOutput(program, "tool \"passed-on\" is held (name-reused)");
      assertThat(newTool.certificate()).doesNotExist();

      assertThat(world.run("forget", "passed-on").status()).isZero();
      assertThat(world.run("forget", "--admin", "deputy").status()).isZero();

      Thief.assertPowerful(thief.stealNew(newTool, program::output));
      Thief.assertPowerful(thief.stealNew(newAdmin, program::output));
      Thief.assertPowerless(ofTool, ofAdmin);
    }
  }

  @Test
  void forgetSaysWhenThereIsNothingToForgetAndTakesNothingAway(World world) {
    Victim healthy = Victim.tool(world, "healthy");
    world.addTool("healthy", FORMER);
    assertThat(world.run("--once").status()).isZero();
    try (Thief thief = new Thief()) {
      StolenPair used = thief.steal(healthy);

      ProgramRun forget = world.run("forget", "healthy", "no-such-tool");

      assertThat(forget.status()).as(forget.output()).isEqualTo(NOTHING_DONE);
      assertThat(forget.output()).contains("healthy", "no-such-tool");
      Thief.assertPowerful(used);
    }
  }

  @Test
  void noCredentialsComeBackAfterAnyNumberOfDeletedNamespaces(World world) {
    world.writeConfig("interval: 1s\ncredentials: {gracePeriod: 0s}");
    Victim tool = Victim.tool(world, "razed");
    world.addTool("razed", FORMER);
    try (Thief thief = new Thief();
        ProgramRun program = world.start()) {
      StolenPair first = thief.stealNew(tool, program::output);
      tool.requestCredentials();
      StolenPair second = thief.stealNew(tool, program::output);
      Thief.awaitPowerless(program::output, first);

      kubectl(world).get("delete", "namespace", "tool-razed", "--wait=false");
      StolenPair third = thief.stealNew(tool, program::output);
      Thief.assertPowerless(first, second);
      tool.requestCredentials();
      StolenPair fourth = thief.stealNew(tool, program::output);
      Thief.awaitPowerless(program::output, third);
      Thief.assertPowerless(first, second);

      kubectl(world).get("delete", "namespace", "tool-razed", "--wait=false");
      Thief.assertPowerful(thief.stealNew(tool, program::output));
      Thief.assertPowerless(first, second, third, fourth);
    }
  }

  private static ProgramRun startDeleting(World world) {
    world.writeConfig("interval: 1s\nremoval: {disable: delete-namespace}");
    return world.start();
  }

  private static void awaitNoNamespace(Victim tool) {
    Waiting.until(
        "the end of " + tool.namespace(),
        SOON,
        () -> !kubectl(tool.world()).run("get", "namespace", tool.namespace()).succeeded());
  }

  private static void awaitOutput(ProgramRun program, String text) {
    Object _ = Waiting.untilPassed(SOON, () -> assertThat(program.output()).contains(text));
  }

  private static Kubectl kubectl(World world) {
    return world.plane().kubectl();
  }
}
