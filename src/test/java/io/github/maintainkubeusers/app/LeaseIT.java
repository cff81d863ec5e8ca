package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.FaultyApiServer;
import io.github.maintainkubeusers.testing.FaultyApiServer.Answer;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Lease that somebody has damaged, or that is hard to get at, leaves the cluster without a leader
 * for no longer than it must.
 */
@ExtendWith(WorldExtension.class)
class LeaseIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String LEADS = "This process leads";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"holderIdentity\": \"\"}",
        "{\"holderIdentity\": \"gone\"}",
        "{\"holderIdentity\": \"gone\", \"leaseDurationSeconds\": 15, \"acquireTime\":"
            + " \"2026-01-01T00:00:00.000000Z\"}",
        "{\"holderIdentity\": \"gone\", \"leaseTransitions\": 7, \"renewTime\":"
            + " \"2026-01-01T00:00:00.000000Z\"}"
      })
  void anIncompleteLeaseIsWrittenAnew(String spec, World world) {
    world.writeConfig("leaderElection: {enabled: true}");
    world
        .plane()
        .kubectl()
        .apply(
            """
            {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
             "metadata": {"name": "maintain-kubeusers", "namespace": "maintain-kubeusers"}, "spec": %s}
            """
                .formatted(spec));
    try (ProgramRun program = world.start()) {
      awaitOutput(program, LEADS);
      assertThat(program.output())
          .contains("The Lease maintain-kubeusers/maintain-kubeusers is incomplete");
      assertThat(
              world
                  .plane()
                  .kubectl()
                  .get(
                      "get",
                      "lease",
                      "maintain-kubeusers",
                      "-n",
                      "maintain-kubeusers",
                      "-o",
                      "jsonpath={.spec.holderIdentity}/{.spec.renewTime}"))
          .matches(".+/.+");
    }
  }

  @Test
  void somebodyLeadsThoughTheLeaseIsAnsweredSlowly(World world) {
    world.writeConfig("leaderElection: {enabled: true}");
    try (FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      api.inject(
          call -> {
            if (call.path().contains("/leases")) {
              Thread.sleep(Duration.ofMillis(1500));
            }
            return Optional.empty();
          });
      world.connectTo(api.url());
      try (ProgramRun program = world.start("--interval=1")) {
        awaitOutput(program, LEADS);
        program.awaitPasses(3, SOON);
        assertThat(program.isAlive()).as(program.output()).isTrue();
      }
    } finally {
      world.connectTo(world.plane().server());
    }
  }

  @Test
  void whatKeepsItFromTheLeaseIsSaid(World world) {
    world.writeConfig("leaderElection: {enabled: true}");
    try (FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      api.inject(
          call ->
              call.path().contains("/leases")
                  ? Optional.of(new Answer(200, Map.of(), "<html>sign in</html>"))
                  : Optional.empty());
      world.connectTo(api.url());
      try (ProgramRun program = world.start()) {
        awaitOutput(program, "could not read leases maintain-kubeusers/maintain-kubeusers");
        api.heal();
        awaitOutput(program, LEADS);
      }
    } finally {
      world.connectTo(world.plane().server());
    }
  }

  /** Two would lead if such an answer counted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"metadata\": {\"resourceVersion\": \"7\"}, \"spec\": {\"holderIdentity\": \"another\"}}"
      })
  void nobodyLeadsByAnAnswerThatIsNotTheLeaseAsItWasWritten(String answer, World world) {
    world.writeConfig("leaderElection: {enabled: true}");
    try (FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      api.inject(
          call ->
              call.path().contains("/leases") && !call.method().equals("GET")
                  ? Optional.of(new Answer(200, Map.of(), answer))
                  : Optional.empty());
      world.connectTo(api.url());
      try (ProgramRun program = world.start()) {
        awaitOutput(
            program, "leases maintain-kubeusers/maintain-kubeusers: what answers is no API server");
        assertThat(program.output()).doesNotContain(LEADS);
        api.heal();
        awaitOutput(program, LEADS);
        awaitOutput(
            program,
            "The Lease maintain-kubeusers/maintain-kubeusers can be read and written again");
      }
    } finally {
      world.connectTo(world.plane().server());
    }
  }

  private static void awaitOutput(ProgramRun program, String text) {
    Waiting.until(text + "\n" + program.output(), SOON, () -> program.output().contains(text));
  }
}
