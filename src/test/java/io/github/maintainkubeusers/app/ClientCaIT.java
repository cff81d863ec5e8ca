package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/**
 * The API server knows clients by another authority than they know it by, as on k3s, RKE2 and
 * OpenShift.
 */
class ClientCaIT {
  private static final String TOOL = "apart";

  @Test
  void certificatesAreJudgedByTheClientCas() throws IOException {
    try (ControlPlane plane = ControlPlane.startWithClientCa();
        TestLdapServer ldap = TestLdapServer.start(plane.folder().resolve("ldap"))) {
      World world = World.create(plane, ldap);
      world.writeConfig("cluster: {clockTolerance: 3650d}");
      world.addTool(TOOL, 50_001);
      saysWhatToDoWhereClientCasCannotBeRead(world);
      try (InProcess program = InProcess.start(world)) {
        program.passUntil("a certificate", () -> Files.exists(certificate(world)));
        works(world);
        assertThat(issuer(world)).isEqualTo("CN=client-ca");
        assertThat(Files.readString(world.toolHome(TOOL).resolve(".kube/config")))
            .contains(
                Base64.getEncoder().encodeToString(Files.readAllBytes(plane.ca().certificate())));
        showsBoth(world);
        followsTheSigner(world, program);
      }
    }
  }

  private static void saysWhatToDoWhereClientCasCannotBeRead(World world) {
    String binding =
        world
            .plane()
            .kubectl()
            .get(
                "get",
                "rolebinding",
                "maintain-kubeusers",
                "-n",
                "kube-system",
                "-o",
                "jsonpath={.metadata.name}");
    world.plane().kubectl().get("delete", "rolebinding", binding, "-n", "kube-system");
    ProgramRun run = world.run("--once");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.output())
        .contains(
            "ConfigMap kube-system/extension-apiserver-authentication cannot be read",
            "Bind the Role extension-apiserver-authentication-reader",
            "none of the CAs that the API server knows clients by has signed it; its issuer is"
                + " CN=client-ca");
    world
        .plane()
        .kubectl()
        .get(
            "create",
            "rolebinding",
            binding,
            "-n",
            "kube-system",
            "--role=extension-apiserver-authentication-reader",
            "--serviceaccount=maintain-kubeusers:maintain-kubeusers");
  }

  private static void showsBoth(World world) {
    String status = world.run("status").output();
    assertThat(status)
        .containsOnlyOnce(" 0 of 1 certificates, server CA, ends ")
        .containsOnlyOnce(" 1 of 1 certificates, client CA, ends ");
  }

  /** Another client CA takes over; the one that clients know the API server by stays. */
  private static void followsTheSigner(World world, InProcess program) throws IOException {
    ControlPlane plane = world.plane();
    String kubeconfig = Files.readString(world.toolHome(TOOL).resolve(".kube/config"));
    plane.stopControllerManager();
    plane.stopApiServer();
    plane.setClientCa(Authority.create(plane.folder(), "next-client-ca"));
    plane.startApiServer();
    plane.startControllerManager();

    program.passUntil(
        "a certificate by the next client CA", () -> issuer(world).equals("CN=next-client-ca"));

    works(world);
    assertThat(world.toolHome(TOOL).resolve(".kube/config")).hasContent(kubeconfig);
  }

  private static void works(World world) {
    Kubectl tool = world.kubectl(world.toolHome(TOOL));
    Waiting.until(
        "the tool's rights", Duration.ofSeconds(60), () -> tool.run("get", "pods").succeeded());
  }

  private static Path certificate(World world) {
    return world.toolHome(TOOL).resolve(".toolskube/client.crt");
  }

  private static String issuer(World world) {
    return Certificates.read(certificate(world)).getIssuerX500Principal().getName();
  }
}
