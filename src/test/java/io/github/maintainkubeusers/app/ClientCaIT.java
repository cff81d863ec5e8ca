package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.ChainSigner;
import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The API server knows clients by another authority than they know it by, as on k3s, RKE2 and
 * OpenShift.
 */
class ClientCaIT {
  private static final String TOOL = "apart";
  private static final int FAILED = 3;

  private static ControlPlane plane;
  private static TestLdapServer ldap;
  private static Authority root;
  private World world;

  @BeforeAll
  static void start() {
    plane = ControlPlane.startWithClientCa();
    ldap = TestLdapServer.start(plane.folder().resolve("ldap"));
    root = Authority.create(plane.folder(), "client-root");
  }

  @AfterAll
  static void stop() {
    ldap.close();
    plane.close();
  }

  @BeforeEach
  void layOut() {
    ldap.clear();
    world = World.create(plane, ldap);
    world.addTool(TOOL, 50_001);
    bindReader();
  }

  @Test
  void certificatesAreJudgedByTheClientCas() throws IOException {
    world.writeConfig("cluster: {clockTolerance: 3650d}");
    serve(Authority.create(plane.folder(), "client-ca"));
    try (InProcess program = InProcess.start(world)) {
      program.passUntil("a certificate", () -> Files.exists(certificate()));
      works();
      assertThat(issuer()).isEqualTo("CN=client-ca");
      assertThat(Files.readString(world.toolHome(TOOL).resolve(".kube/config")))
          .contains(
              Base64.getEncoder().encodeToString(Files.readAllBytes(plane.ca().certificate())));
      assertThat(world.run("status").output())
          .containsOnlyOnce(" 0 of 1 certificates, server CA, ends ")
          .containsOnlyOnce(" 1 of 1 certificates, client CA, ends ");
      followsTheSigner(program);
    }
  }

  /** Another client CA takes over; the one that clients know the API server by stays. */
  private void followsTheSigner(InProcess program) throws IOException {
    String kubeconfig = Files.readString(world.toolHome(TOOL).resolve(".kube/config"));
    serve(Authority.create(plane.folder(), "next-client-ca"));

    program.passUntil(
        "a certificate by the next client CA", () -> issuer().equals("CN=next-client-ca"));

    works();
    assertThat(world.toolHome(TOOL).resolve(".kube/config")).hasContent(kubeconfig);
  }

  @Test
  void whereTheClientCasCannotBeReadCertificatesAreProvenByUse() throws IOException {
    serve(root);
    unbindReader();

    ProgramRun run = world.run("--once");

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output())
        .contains(
            "ConfigMap kube-system/extension-apiserver-authentication cannot be read, so each new"
                + " certificate is tried in a request",
            "Bind the Role extension-apiserver-authentication-reader");
    works();
    String proven = Certificates.serial(certificate());
    ProgramRun again = world.run("--once");
    assertThat(again.output()).contains("1 unchanged");
    assertThat(Certificates.serial(certificate())).isEqualTo(proven);

    oneThatTheApiServerRefusesIsNotRecorded(proven);
  }

  private void oneThatTheApiServerRefusesIsNotRecorded(String before) {
    Authority stranger = Authority.create(plane.folder(), "stranger");
    try (ChainSigner _ = ChainSigner.start(plane, stranger)) {
      world.writeConfig("cluster: {signer: %s}".formatted(ChainSigner.NAME));
      plane.kubectl().get("delete", "configmap", "maintain-kubeusers", "-n", "tool-" + TOOL);
      ProgramRun refused = world.run("--once");
      assertThat(refused.status()).as(refused.output()).isEqualTo(FAILED);
      assertThat(refused.output())
          .contains("the API server does not accept it in a request; its issuer is CN=stranger");
    }
    assertThat(Certificates.serial(certificate())).isEqualTo(before);
    works();
  }

  @Test
  void aFileCanNameTheClientCas() throws IOException {
    serve(root);
    unbindReader();
    Path file = world.folder().resolve("client-ca.crt");
    world.writeConfig("cluster: {clientCa: \"%s\"}".formatted(file));

    ProgramRun absent = world.run("--once");
    assertThat(absent.status()).isEqualTo(1);
    assertThat(absent.output()).contains("could not read the client CAs in " + file);

    Files.copy(root.certificate(), file);
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).doesNotContain("extension-apiserver-authentication");
    works();
    assertThat(world.run("status").output())
        .containsOnlyOnce(" 1 of 1 certificates, client CA, ends ");

    Files.copy(
        Authority.create(plane.folder(), "another").certificate(),
        file,
        StandardCopyOption.REPLACE_EXISTING);
    plane.kubectl().get("delete", "configmap", "maintain-kubeusers", "-n", "tool-" + TOOL);
    ProgramRun refused = world.run("--once");
    assertThat(refused.status()).isEqualTo(FAILED);
    assertThat(refused.output())
        .contains("none of the CAs that the API server knows clients by has signed it");
  }

  @Test
  void anIntermediateThatTheApiServerKnowsNeedsNoChain() throws IOException {
    Authority intermediate = Authority.intermediate(plane.folder(), "known-intermediate", root);
    plane.setClientCas(intermediate, root, intermediate, root);
    plane.restart();

    ProgramRun run = world.run("--once");

    assertThat(run.status()).as(run.output()).isZero();
    works();
    assertThat(Files.readString(certificate())).containsOnlyOnce("BEGIN CERTIFICATE");
    assertThat(issuer()).isEqualTo("CN=known-intermediate");
  }

  @Test
  void theChainOfAnIntermediateThatTheApiServerDoesNotKnowIsWrittenWhole() throws IOException {
    Authority upper = Authority.intermediate(plane.folder(), "upper", root);
    Authority lower = Authority.intermediate(plane.folder(), "lower", upper);
    serve(root);
    world.writeConfig("cluster: {signer: %s}".formatted(ChainSigner.NAME));

    try (ChainSigner _ = ChainSigner.start(plane, lower)) {
      ProgramRun refused = world.run("--once");
      assertThat(refused.status()).isEqualTo(FAILED);
      assertThat(refused.output()).contains("its issuer is CN=lower");
      assertThat(certificate()).doesNotExist();
    }
    try (ChainSigner _ = ChainSigner.start(plane, lower, lower, upper)) {
      ProgramRun run = world.run("--once");
      assertThat(run.status()).as(run.output()).isZero();
      works();
      assertThat(Files.readString(certificate()).split("BEGIN CERTIFICATE", -1)).hasSize(1 + 3);
      assertThat(issuer()).isEqualTo("CN=lower");

      unbindReader();
      world.addTool("unread", 50_002);
      ProgramRun proven = world.run("--once");
      assertThat(proven.status()).as(proven.output()).isZero();
      Kubectl unread = world.kubectl(world.toolHome("unread"));
      Waiting.until(
          "the tool's rights", Duration.ofSeconds(60), () -> unread.run("get", "pods").succeeded());
    }
  }

  /** It signs, and the API server knows clients by it alone. */
  private static void serve(Authority clientCa) {
    plane.setClientCa(clientCa);
    plane.restart();
  }

  private static void bindReader() {
    Kubectl.Result _ =
        plane
            .kubectl()
            .run(
                "create",
                "rolebinding",
                "maintain-kubeusers",
                "-n",
                "kube-system",
                "--role=extension-apiserver-authentication-reader",
                "--serviceaccount=maintain-kubeusers:maintain-kubeusers");
  }

  private static void unbindReader() {
    plane.kubectl().get("delete", "rolebinding", "maintain-kubeusers", "-n", "kube-system");
  }

  private void works() {
    Kubectl tool = world.kubectl(world.toolHome(TOOL));
    Waiting.until(
        "the tool's rights", Duration.ofSeconds(60), () -> tool.run("get", "pods").succeeded());
  }

  private Path certificate() {
    return world.toolHome(TOOL).resolve(".toolskube/client.crt");
  }

  private String issuer() {
    return Certificates.read(certificate()).getIssuerX500Principal().getName();
  }
}
