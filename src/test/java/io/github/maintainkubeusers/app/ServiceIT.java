package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A declared service, from its Secret's first certificate to the end of its rights. */
@ExtendWith(WorldExtension.class)
class ServiceIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String DECLARED =
      """
      services:
      - name: prometheus
        overlap: 0s
        secret: metrics/prometheus-api
        format: %s
        roles: [prometheus]
        labels: {team: observability}
        selfRenewal: true
      """;

  private World world;

  @BeforeEach
  void namespace(World given) {
    world = given;
    DeclaredService.prepare(world);
  }

  @AfterEach
  void remove() {
    DeclaredService.remove(world);
  }

  @Test
  void isIssuedReplacedAndEnded() {
    world.writeConfig(DECLARED.formatted("pem"));
    Kubectl first;
    try (ProgramRun program = world.start("--interval=3600")) {
      awaitSecret(program);
      Map<String, byte[]> issued = secret("cert.pem", "key.pem", "ca.crt");
      first = client(issued, "first");
      awaitRights(first, program);
      assertThat(first.run("get", "secrets", "-n", "metrics").succeeded()).isFalse();
      assertThat(first.run("get", "secret", "other", "-n", "metrics").errors())
          .contains("Forbidden");
      assertThat(renewed(first)).isEqualTo(issued.get("cert.pem"));
      assertThat(labels()).contains("maintain-kubeusers/service", "team");

      admin().get("delete", "secret", "prometheus-api", "-n", "metrics");
      awaitSecret(program);

      Kubectl second = client(secret("cert.pem", "key.pem", "ca.crt"), "second");
      awaitRights(second, program);
      Waiting.until(
          "the end of the first one\n" + program.output(),
          SOON,
          () -> world.run("--once").status() == 0 && isForbidden(first));

      admin()
          .get(
              "annotate",
              "secret",
              "prometheus-api",
              "-n",
              "metrics",
              "maintain-kubeusers/rotate=now");
      Waiting.until(
          "the answer\n" + program.output(),
          SOON,
          () -> !annotations().contains("maintain-kubeusers/rotate\""));
      assertThat(annotations())
          .contains("maintain-kubeusers/rotated")
          .doesNotContain("last-applied");
      assertThat(secret("cert.pem").get("cert.pem")).isNotEqualTo(issued.get("cert.pem"));
      Kubectl third = client(secret("cert.pem", "key.pem", "ca.crt"), "third");
      awaitRights(third, program);
      assertThat(renewed(third)).isEqualTo(secret("cert.pem").get("cert.pem"));
      awaitOnce(() -> ownSecret(second).errors().contains("Forbidden"));
    }

    ProgramRun revoked = world.run("revoke", "--service", "prometheus");
    assertThat(revoked.output()).contains("service prometheus");
    assertThat(world.run("plan").output()).doesNotContain("FAILED");

    world.writeConfig("");
    Kubectl last = client(secret("cert.pem", "key.pem", "ca.crt"), "last");
    awaitOnce(() -> isForbidden(last));
    awaitOnce(() -> ownSecret(last).errors().contains("Forbidden"));
  }

  /** By what a service has, its next certificate. */
  private static byte[] renewed(Kubectl service) {
    return Base64.getDecoder().decode(ownSecret(service).output().trim());
  }

  private static Kubectl.Result ownSecret(Kubectl service) {
    return service.run(
        "get", "secret", "prometheus-api", "-n", "metrics", "-o", "jsonpath={.data.cert\\.pem}");
  }

  @Test
  void isRotatedByCommandInspectedAndExplained() {
    world.writeConfig(DECLARED.formatted("pem"));
    awaitOnce(this::hasSecret);
    String first = certificate();
    world.connectAsAdmin();
    assertTold(
        world.run("certificates", "inspect", "service:prometheus"),
        0,
        "service prometheus (stored)",
        "private key matches",
        "state    well");
    assertTold(
        world.run("explain", "--service", "prometheus"),
        0,
        "  secret      well",
        "  pair        well",
        "  user        well: the API server knows it as prometheus",
        "Nothing is wrong.");

    assertTold(
        world.run("certificates", "rotate", "prometheus"), 3, "No controller leads: the requests");
    try (ProgramRun program = world.start("--interval=3600")) {
      Waiting.until("the answer\n" + program.output(), SOON, () -> !certificate().equals(first));
      String second = certificate();
      assertTold(
          world.run("certificates", "rotate", "-l", "team=observability", "--per-minute=600"),
          0,
          "prometheus: rotated ");
      assertThat(certificate()).isNotEqualTo(second);
    }
    assertTold(
        world.run("certificates", "rotate", "-l", "team=web"), 1, "no declared service has such");
    assertTold(
        world.run("certificates", "rotate", "loki"),
        1,
        "there is no declared service loki; declared are: prometheus");
    assertTold(world.run("certificates", "rotate"), 2, "Name services, or choose them");
    assertTold(world.run("certificates", "rotate", "--all", "prometheus"), 2, "Name services");
    assertTold(world.run("certificates", "rotate", "-l", "a in (b)"), 2, "is not a selector");

    admin()
        .get(
            "patch",
            "secret",
            "prometheus-api",
            "-n",
            "metrics",
            "--type=json",
            "-p",
            "[{\"op\": \"remove\", \"path\": \"/data/key.pem\"}]");
    assertTold(
        world.run("explain", "--service", "prometheus"), 3, "Cause: Secret metrics/prometheus-api");
    assertTold(
        world.run("certificates", "inspect", "service:prometheus"), 3, "holds no certificate with");
    assertTold(world.run("explain", "--service", "loki"), 3, "Cause: neither");
    assertTold(
        world.run("certificates", "inspect", "service:loki"), 1, "service loki is not declared");
  }

  private String certificate() {
    return field("{.data.cert\\.pem}");
  }

  private static void assertTold(ProgramRun run, int status, String... texts) {
    assertThat(run.output()).contains(texts);
    assertThat(run.status()).isEqualTo(status);
  }

  @Test
  void hasOtherKeysInItsSecretWhenAnotherFormIsDeclared() {
    world.writeConfig(DECLARED.formatted("pem"));
    awaitOnce(this::hasSecret);
    byte[] certificate = secret("cert.pem").get("cert.pem");

    world.writeConfig(DECLARED.formatted("kubeconfig"));
    awaitOnce(() -> data().contains("kubeconfig"));
    assertThat(data()).doesNotContain("key.pem");
    write("embedded", secret("kubeconfig").get("kubeconfig"));
    assertThat(admin().with(world.folder().resolve("embedded")).run("get", "nodes").succeeded())
        .isTrue();

    world.writeConfig(DECLARED.formatted("tls"));
    awaitOnce(() -> data().contains("tls.key"));
    assertThat(secret("tls.crt").get("tls.crt"))
        .as("the same pair")
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(new String(certificate, StandardCharsets.US_ASCII));
  }

  @Test
  void aMissingRightIsNamedAndHarmsNobodyElse() {
    world.addTool("bystander", 50_001);
    world.writeConfig(DECLARED.formatted("pem").replace("prometheus-api", "other"));

    ProgramRun run = world.run("--once");

    assertThat(run.output())
        .contains("service \"prometheus\" is held", "metrics/other", "forbidden");
    assertThat(world.kubectl(world.toolHome("bystander")).run("get", "pods").succeeded()).isTrue();
  }

  @Test
  void aSignerOfItsOwnIsAsked() {
    world.writeConfig(
        DECLARED.formatted("pem")
            + "  signer: example.org/clients\ncredentials: {signingTimeout: 1s}\n");

    assertThat(world.run("--once").output())
        .contains("service prometheus", "approve requests with signerName \"example.org/clients\"");
    assertThat(hasSecret()).isFalse();
  }

  @Test
  void aSecretOfSomebodyElseIsLeftAlone() {
    admin()
        .get(
            "create", "secret", "generic", "prometheus-api", "-n", "metrics", "--from-literal=x=y");
    world.writeConfig(DECLARED.formatted("pem"));

    ProgramRun run = world.run("--once");

    assertThat(run.output()).contains("belongs to another owner");
    assertThat(data()).contains("\"x\"").doesNotContain("key.pem");
  }

  private Kubectl admin() {
    return world.plane().kubectl();
  }

  private void awaitSecret(ProgramRun program) {
    Waiting.until("the Secret\n" + program.output(), SOON, this::hasSecret);
  }

  private void awaitRights(Kubectl client, ProgramRun program) {
    Waiting.until(
        "its rights\n" + program.output(), SOON, () -> client.run("get", "nodes").succeeded());
  }

  private void awaitOnce(BooleanSupplier condition) {
    Waiting.until(
        "what a pass does",
        SOON,
        () -> {
          Object _ = world.run("--once");
          return condition.getAsBoolean();
        });
  }

  private static boolean isForbidden(Kubectl client) {
    return client.run("get", "nodes").errors().contains("Forbidden");
  }

  private boolean hasSecret() {
    return admin().run("get", "secret", "prometheus-api", "-n", "metrics").succeeded();
  }

  private String labels() {
    return field("{.metadata.labels}");
  }

  private String annotations() {
    return field("{.metadata.annotations}");
  }

  private String data() {
    return field("{.data}");
  }

  private String field(String path) {
    return admin()
        .get("get", "secret", "prometheus-api", "-n", "metrics", "-o", "jsonpath=" + path);
  }

  private Map<String, byte[]> secret(String... keys) {
    var data = new HashMap<String, byte[]>();
    for (String key : keys) {
      data.put(key, Base64.getDecoder().decode(field("{.data." + key.replace(".", "\\.") + "}")));
    }
    return data;
  }

  private Kubectl client(Map<String, byte[]> files, String name) {
    files.forEach((key, bytes) -> write(name + "-" + key, bytes));
    write(
        name,
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: c
          cluster: {server: "%s", certificate-authority: %s-ca.crt}
        contexts:
        - name: c
          context: {cluster: c, user: u}
        users:
        - name: u
          user: {client-certificate: %s-cert.pem, client-key: %s-key.pem}
        current-context: c
        """
            .formatted(world.plane().server(), name, name, name)
            .getBytes(StandardCharsets.UTF_8));
    return admin().with(world.folder().resolve(name));
  }

  private void write(String name, byte[] bytes) {
    try {
      Files.write(world.folder().resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + name, e);
    }
  }
}
