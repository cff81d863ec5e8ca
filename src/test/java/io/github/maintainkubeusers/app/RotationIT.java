package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another authority takes over, in two steps, while tools go on working. */
class RotationIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String UNCHANGED = BusyTools.COUNT + " unchanged";

  @Test
  void nobodyIsRefusedWhileTheAuthorityIsRotatedInTwoSteps() {
    try (ControlPlane plane = ControlPlane.start();
        TestLdapServer ldap = TestLdapServer.start(plane.folder().resolve("ldap"))) {
      World world = world(plane, ldap);
      try (InProcess program = InProcess.start(world)) {
        program.pass();
        try (BusyTools tools = BusyTools.start(world)) {
          rotate(plane, program, tools);
        }
        dropAtOnce(world, program);
      }
    }
  }

  private static World world(ControlPlane plane, TestLdapServer ldap) {
    World world = World.create(plane, ldap);
    world.writeConfig("cluster: {clockTolerance: 3650d}\nrollout: {perMinute: 2}");
    BusyTools.add(world);
    return world;
  }

  private static void rotate(ControlPlane plane, InProcess program, BusyTools tools) {
    Authority next = Authority.create(plane.folder(), "next-ca");
    tools.awaitWork();

    plane.setAuthorities(plane.ca(), plane.ca(), plane.ca(), next);
    tools.without(plane::restart);
    plane.publishTrust();
    settle(program, "1 pending", "both are trusted, and kubeconfigs say so, two a minute");
    tools.awaitWork();
    assertThat(tools.issuers()).containsOnly("CN=ca");

    plane.setAuthorities(next, next, plane.ca(), next);
    tools.without(plane::restart);
    plane.publishTrust();
    program.clock.advance(Duration.ofMinutes(10));
    settle(program, "1 pending", "the next one signs, and certificates follow in waves");
    tools.awaitWork();
    assertThat(tools.issuers()).containsOnly("CN=next-ca");

    plane.setAuthorities(next, next, next);
    plane.publishTrust();
    settle(program, "1 pending", "kubeconfigs trust the next one alone");
    tools.without(plane::restart);
    quiet(program, tools);
  }

  /** An authority whose key is in the wrong hands: nothing that it has signed is good any more. */
  private static void dropAtOnce(World world, InProcess program) {
    ControlPlane plane = world.plane();
    Authority fresh = Authority.create(plane.folder(), "fresh-ca");
    plane.setAuthorities(fresh, fresh, fresh);
    plane.restart();
    plane.publishTrust();
    Kubectl tool = world.kubectl(world.toolHome("busy-0"));
    assertThat(tool.run("get", "pods").succeeded()).isFalse();

    program.passUntil("rights again", () -> tool.run("get", "pods").succeeded());

    try (BusyTools tools = BusyTools.start(world)) {
      assertThat(tools.issuers()).containsOnly("CN=fresh-ca");
      tools.awaitWork();
    }
  }

  @Test
  void nobodyIsRefusedWhileTheCaOfTheServerAloneIsRotated() {
    try (ControlPlane plane = ControlPlane.startWithClientCa();
        TestLdapServer ldap = TestLdapServer.start(plane.folder().resolve("ldap"))) {
      World world = world(plane, ldap);
      Authority clientCa = Authority.create(plane.folder(), "apart-ca");
      plane.setClientCa(clientCa);
      plane.restart();
      try (InProcess program = InProcess.start(world)) {
        program.pass();
        try (BusyTools tools = BusyTools.start(world)) {
          List<String> serials = tools.serials();
          rotateServer(world, clientCa, program, tools);
          assertThat(tools.serials()).as("no certificate is replaced").isEqualTo(serials);
        }
      }
    }
  }

  private static void rotateServer(
      World world, Authority clientCa, InProcess program, BusyTools tools) {
    ControlPlane plane = world.plane();
    Authority next = Authority.create(plane.folder(), "next-ca");

    plane.setAuthorities(clientCa, plane.ca(), plane.ca(), next);
    plane.setClientCa(clientCa);
    plane.publishTrust();
    settle(program, "1 pending", "both are trusted, and kubeconfigs say so, two a minute");
    tools.awaitWork();
    assertThat(world.run("status").output().split(" server CA, ends "))
        .as("two of them")
        .hasSize(3);

    plane.setAuthorities(clientCa, next, plane.ca(), next);
    plane.setClientCa(clientCa);
    tools.without(plane::restart);
    tools.awaitWork();

    plane.setAuthorities(clientCa, next, next);
    plane.setClientCa(clientCa);
    plane.publishTrust();
    settle(program, "1 pending", "kubeconfigs trust the next one alone");
    tools.without(plane::restart);
    quiet(program, tools);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nobodyIsRefusedWhileTheCaOfClientsAloneIsRotated(boolean readable) throws IOException {
    try (ControlPlane plane = ControlPlane.startWithClientCa();
        TestLdapServer ldap = TestLdapServer.start(plane.folder().resolve("ldap"))) {
      World world = world(plane, ldap);
      if (!readable) {
        plane.kubectl().get("delete", "rolebinding", "maintain-kubeusers", "-n", "kube-system");
      }
      Authority first = Authority.create(plane.folder(), "first-ca");
      plane.setClientCa(first);
      plane.restart();
      try (InProcess program = InProcess.start(world)) {
        program.pass();
        try (BusyTools tools = BusyTools.start(world)) {
          List<String> kubeconfigs = tools.kubeconfigs();
          rotateClients(world, first, program, tools);
          assertThat(tools.kubeconfigs()).isEqualTo(kubeconfigs);
        }
        showsBoth(world, readable);
      }
    }
  }

  private static void rotateClients(
      World world, Authority first, InProcess program, BusyTools tools) {
    ControlPlane plane = world.plane();
    Authority next = Authority.create(plane.folder(), "next-client-ca");

    plane.setClientCas(first, first, next);
    tools.without(plane::restart);
    program.clock.advance(Duration.ofMinutes(10));
    quiet(program, tools);
    assertThat(tools.issuers()).containsOnly("CN=first-ca");

    plane.setClientCas(next, first, next);
    tools.without(plane::restart);
    program.clock.advance(Duration.ofMinutes(10));
    settle(program, "1 pending", "the next one signs, and certificates follow in waves");
    assertThat(tools.issuers()).containsOnly("CN=next-client-ca");

    plane.setClientCa(next);
    tools.without(plane::restart);
    quiet(program, tools);
  }

  private static void showsBoth(World world, boolean readable) {
    assertThat(world.run("status").output())
        .contains(" 0 of 3 certificates, server CA, ends ")
        .containsOnlyOnce(" 3 of 3 certificates, " + (readable ? "client CA" : "unknown CA"));
  }

  @Test
  void theLeaderGoesOnLeadingWhileTheCaOfTheServerIsRotated() {
    try (ControlPlane plane = ControlPlane.start();
        TestLdapServer ldap = TestLdapServer.start(plane.folder().resolve("ldap"))) {
      World world = World.create(plane, ldap);
      world.writeConfig(
          "interval: 5s\n"
              + "leaderElection: {enabled: true, duration: 120s, renewDeadline: 100s}");
      try (ProgramRun program = world.start()) {
        Waiting.until("it leads", SOON, () -> !renewed(plane).isEmpty());
        Authority next = Authority.create(plane.folder(), "next-ca");
        plane.setAuthorities(plane.ca(), next, plane.ca(), next);
        plane.restart();
        String before = renewed(plane);

        Waiting.until("it has renewed its Lease", SOON, () -> !renewed(plane).equals(before));

        assertThat(program.isAlive()).isTrue();
        program.terminate();
        Waiting.until("its end", SOON, () -> !program.isAlive());
      }
    }
  }

  private static String renewed(ControlPlane plane) {
    return plane
        .kubectl()
        .run(
            "get",
            "lease",
            "maintain-kubeusers",
            "-n",
            "maintain-kubeusers",
            "-o",
            "jsonpath={.spec.renewTime}")
        .output();
  }

  /**
   * Passes until nothing is left to do, minute by minute. A change can become known in parts, of
   * which each is rolled out: what the control plane publishes again after a restart comes a moment
   * after the rest.
   */
  private static void settle(InProcess program, String first, String what) {
    Object _ =
        Waiting.untilPassed(
            SOON,
            () ->
                assertThat(program.pass().summary())
                    .as("the program sees the change: " + what)
                    .contains(first));
    Object _ =
        Waiting.untilPassed(
            SOON,
            () -> {
              program.clock.advance(Duration.ofMinutes(1));
              return assertThat(program.pass().summary()).as(what).contains(UNCHANGED);
            });
  }

  /** Every tool goes on working, and there is nothing to do for it. */
  private static void quiet(InProcess program, BusyTools tools) {
    tools.awaitWork();
    program.clock.advance(Duration.ofMinutes(1));
    assertThat(program.pass().summary()).contains(UNCHANGED);
    tools.awaitWork();
  }
}
