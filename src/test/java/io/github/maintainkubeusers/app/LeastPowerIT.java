package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.Grants;
import io.github.maintainkubeusers.testing.Incumbent;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All that the controller does in the lives of a tool and an admin, with its ServiceAccount's own
 * token.
 */
@ExtendWith(WorldExtension.class)
class LeastPowerIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  @Test
  void whatItDoesIsWhatItsRolesGrantNothingMoreAndNothingLess(World world) {
    AuditLog audit = world.plane().auditLog();
    configure(world, "40d");
    world.addTool("whole", 50_001);
    world.addAdmins(60_001, "lena", "lars");
    ProgramRun first = world.run("--once");
    assertThat(first.status()).as(first.output()).isZero();
    spoil(world);
    try (ProgramRun program = world.start()) {
      await(
          "the binding is right again",
          program,
          () -> world.kubectl(world.toolHome("whole")).run("get", "pods").succeeded());
      renew(world, program);
      refresh(world, program);
      failForAWhile(world, program);
      awaitASlowSignature(world, audit, program);
      quarantineAndRestore(world, program);
      end(program);
    }
    configure(world, "1s");
    try (ProgramRun program = world.start()) {
      remove(world, program);
      end(program);
    }

    List<AuditLog.Call> calls = audit.calls(AuditLog.Call::isPrograms);
    assertThat(calls).filteredOn(call -> call.code() == 403).as("forbidden").isEmpty();
    assertThat(Grants.of(world.plane().kubectl()))
        .as("granted and not used")
        .isNotEmpty()
        .allMatch(grant -> calls.stream().anyMatch(grant::isUsedBy));
  }

  /**
   * Without the watch over certificates, which asks for more than the base grants.
   *
   * @param retention too long for what is in quarantine to be removed, or so short that it is at
   *     the next pass
   */
  private static void configure(World world, String retention) {
    world.writeConfig(
        """
        interval: 1s
        leaderElection: {enabled: true}
        certificates: {checkInterval: none}
        removal: {budgetAccounts: 0, budgetPercent: 0, retention: %s}
        """
            .formatted(retention));
  }

  /**
   * What cannot be changed, but only made anew: a binding to another role, and a ConfigMap that was
   * made immutable.
   */
  private static void spoil(World world) {
    Kubectl kubectl = world.plane().kubectl();
    kubectl.get("delete", "rolebinding", "whole-tool-binding", "-n", "tool-whole");
    kubectl.get(
        "create",
        "rolebinding",
        "whole-tool-binding",
        "-n",
        "tool-whole",
        "--clusterrole=edit",
        "--user=whole");
    kubectl.get(
        "patch",
        "configmap",
        "maintain-kubeusers",
        "-n",
        "tool-whole",
        "--type=merge",
        "--patch={\"immutable\": true}");
  }

  /** Its owner breaks the kubeconfig, and takes it away. */
  private static void failForAWhile(World world, ProgramRun program) {
    Path config = world.toolHome("whole").resolve(".kube/config");
    Kubectl kubectl = world.plane().kubectl();
    try {
      Files.writeString(config, "[");
      kubectl.get("delete", "configmap", "maintain-kubeusers", "-n", "tool-whole");
      await("its fault is kept", program, () -> faults(kubectl).contains("tool.whole"));
      Files.delete(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await("the end of its fault", program, () -> !faults(kubectl).contains("tool.whole"));
  }

  private static String faults(Kubectl kubectl) {
    return kubectl
        .run(
            "get",
            "configmap",
            "maintain-kubeusers-faults",
            "-n",
            "maintain-kubeusers",
            "-o",
            "jsonpath={.data}")
        .output();
  }

  private static void refresh(World world, ProgramRun program) {
    String serial = serial(world);
    world.kubectl(world.toolHome("whole")).get("delete", "configmap", "maintain-kubeusers");
    await(
        "new credentials",
        program,
        () ->
            !serial(world).equals(serial)
                && has(world, "configmap/maintain-kubeusers", "tool-whole"));
  }

  /** The signer at hand gives a year: so the record is made to say that it is nearly over. */
  private static void renew(World world, ProgramRun program) {
    String serial = serial(world);
    world
        .plane()
        .kubectl()
        .get(
            "annotate",
            "--overwrite",
            "namespace",
            "tool-whole",
            "maintain-kubeusers/not-before=2020-01-01T00:00:00Z",
            "maintain-kubeusers/not-after="
                + InstantSource.system()
                    .instant()
                    .plus(Duration.ofDays(1))
                    .truncatedTo(ChronoUnit.SECONDS));
    await(
        "a renewed certificate, and its owner told of it",
        program,
        () ->
            !serial(world).equals(serial)
                && told(world).equals(Incumbent.expiry(certificate(world))));
  }

  private static void awaitASlowSignature(World world, AuditLog audit, ProgramRun program) {
    world.plane().stopControllerManager();
    world.addTool("slow", 50_002);
    await(
        "it asks for the certificate",
        program,
        () ->
            !audit
                .calls(
                    call ->
                        call.isPrograms()
                            && call.resource().equals("certificatesigningrequests")
                            && call.verb().equals("get"))
                .isEmpty());
    world.plane().startControllerManager();
    await("its record", program, () -> has(world, "configmap/maintain-kubeusers", "tool-slow"));
  }

  private static void quarantineAndRestore(World world, ProgramRun program) {
    world.createPod("tool-whole");
    world.ldap().lockTool("whole");
    awaitAllowed(
        "it is in quarantine",
        world,
        program,
        () -> has(world, "resourcequota/maintain-kubeusers-quarantine", "tool-whole"));
    world.ldap().unlockTool("whole");
    await(
        "it is back",
        program,
        () -> !has(world, "resourcequota/maintain-kubeusers-quarantine", "tool-whole"));
  }

  private static void remove(World world, ProgramRun program) {
    world.ldap().removeTool("whole");
    world.addAdmins(60_003, "lotte");
    awaitAllowed(
        "they are gone",
        world,
        program,
        () ->
            !has(world, "namespace/tool-whole", "default")
                && !has(world, "clusterrolebinding/lena-binding", "default"));
  }

  /** Each pass that takes something away needs the word of an operator. */
  private static void awaitAllowed(
      String what, World world, ProgramRun program, BooleanSupplier condition) {
    await(
        what,
        program,
        () -> {
          if (!condition.getAsBoolean()) {
            assertThat(world.run("allow-removals", "--up-to=10", "--by=root").status()).isZero();
          }
          return condition.getAsBoolean();
        });
  }

  private static void end(ProgramRun program) {
    program.terminate();
    await("its end", program, () -> !program.isAlive());
  }

  private static void await(String what, ProgramRun program, BooleanSupplier condition) {
    try {
      Waiting.until(what, SOON, condition);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + program.output(), e);
    }
  }

  private static boolean has(World world, String object, String namespace) {
    Kubectl.Result result = world.plane().kubectl().run("get", object, "-n", namespace);
    return result.succeeded();
  }

  private static String serial(World world) {
    return Certificates.serial(certificate(world));
  }

  private static Path certificate(World world) {
    return world.toolHome("whole").resolve(".toolskube/client.crt");
  }

  /**
   * What the ConfigMap says of the end of the credentials; and more, when it is not ours to change.
   */
  private static String told(World world) {
    return world
        .plane()
        .kubectl()
        .run(
            "get",
            "configmap",
            "maintain-kubeusers",
            "-n",
            "tool-whole",
            "-o",
            "jsonpath={.data.expires}{.immutable}")
        .output();
  }
}
