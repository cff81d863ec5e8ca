package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.FaultyApiServer;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.RootOnly;
import io.github.maintainkubeusers.testing.StolenPair;
import io.github.maintainkubeusers.testing.Thief;
import io.github.maintainkubeusers.testing.Victim;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a tenant or bad luck puts in the way of a quarantine delays neither the loss nor the return
 * of rights.
 */
@ExtendWith(WorldExtension.class)
class QuarantineIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int SOME_FAILED = 3;
  private static final int MOST_SECONDS_TO_END = 30;

  @Test
  void aPodThatAsksForAYearToEndGetsHalfAMinute(World world) {
    world.addTool("slow-end", 50_001);
    assertThat(world.run("--once").status()).isZero();
    createPodOnANode(world, "slow-end", 31_536_000);
    world.ldap().lockTool("slow-end");

    assertThat(world.run("--once").status()).isZero();

    assertThat(Integer.parseInt(pod(world, "slow-end", "metadata.deletionGracePeriodSeconds")))
        .isLessThanOrEqualTo(MOST_SECONDS_TO_END);
  }

  @Test
  void podsThatCouldNotBeDeletedAreDeletedByALaterPass(World world) {
    world.addTool("sticky", 50_001);
    assertThat(world.run("--once").status()).isZero();
    createPodOnANode(world, "sticky", 1);
    world.ldap().lockTool("sticky");
    var refused = new AtomicInteger();
    try (FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      api.inject(
          call ->
              call.method().equals("DELETE")
                      && call.path().contains("/namespaces/tool-sticky/pods")
                      && refused.incrementAndGet() > 0
                  ? Optional.of(FaultyApiServer.Answer.status(500))
                  : Optional.empty());
      world.connectTo(api.url());
      ProgramRun failed = world.run("--once");
      assertThat(failed.status()).as(failed.output()).isEqualTo(SOME_FAILED);
    }
    assertThat(refused).as("the deletion has been tried").hasPositiveValue();
    assertThat(pod(world, "sticky", "metadata.deletionTimestamp")).isEmpty();

    world.connectTo(world.plane().server());
    assertThat(world.run("--once").status()).isZero();

    assertThat(pod(world, "sticky", "metadata.deletionTimestamp")).isNotEmpty();
  }

  @Test
  @RootOnly
  void aHomeThatItsOwnerSealedDelaysNeitherTheRecordNorTheReturn(World world) throws IOException {
    Victim tool = Victim.tool(world, "sealed-off");
    world.addTool("sealed-off", 50_001);
    assertThat(world.run("--once").status()).isZero();
    try (Thief thief = new Thief()) {
      StolenPair pair = thief.steal(tool);
      Files.setPosixFilePermissions(tool.home(), PosixFilePermissions.fromString("r-x------"));
      world.ldap().lockTool("sealed-off");

      ProgramRun quarantine = world.run("--once");

      Thief.assertPowerless(pair);
      assertThat(tool.recorded("state")).as(quarantine.output()).isEqualTo("quarantined");
      world.ldap().unlockTool("sealed-off");
      ProgramRun restore = world.run("--once");
      Thief.assertPowerful(pair);
      assertThat(tool.recorded("state")).as(restore.output()).isNotEqualTo("quarantined");
    }
  }

  @Test
  void aFolderInThePlaceOfTheMarkDelaysNoReturn(World world) throws IOException {
    Victim tool = Victim.tool(world, "marked");
    world.addTool("marked", 50_001);
    assertThat(world.run("--once").status()).isZero();
    try (Thief thief = new Thief()) {
      StolenPair pair = thief.steal(tool);
      world.ldap().lockTool("marked");
      assertThat(world.run("--once").status()).isZero();
      Thief.assertPowerless(pair);
      Path mark = tool.home().resolve("k8s.disabled");
      Files.delete(mark);
      Files.createDirectories(mark.resolve("not-empty"));
      world.ldap().unlockTool("marked");

      ProgramRun restore = world.run("--once");

      Thief.assertPowerful(pair);
      assertThat(restore.output()).contains("k8s.disabled");
    }
  }

  /** A pod that a kubelet would have to end: only then does the API server wait. */
  private static void createPodOnANode(World world, String tool, int grace) {
    Waiting.until(
        "the namespace's service account",
        SOON,
        () ->
            world
                .plane()
                .kubectl()
                .run("get", "serviceaccount", "default", "-n", "tool-" + tool)
                .succeeded());
    Object _ =
        Waiting.untilPassed(
            SOON,
            () ->
                world
                    .plane()
                    .kubectl()
                    .apply(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: worker, namespace: tool-%s}
                        spec:
                          nodeName: nowhere
                          terminationGracePeriodSeconds: %d
                          automountServiceAccountToken: false
                          containers: [{name: c, image: none}]
                        """
                            .formatted(tool, grace)));
  }

  private static String pod(World world, String tool, String field) {
    return world
        .plane()
        .kubectl()
        .get("get", "pod", "worker", "-n", "tool-" + tool, "-o", "jsonpath={." + field + "}");
  }
}
