package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.maintainkubeusers.testing.FaultyApiServer;
import io.github.maintainkubeusers.testing.FreePorts;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators and users of tools can see of the controller. */
@ExtendWith(WorldExtension.class)
class TelemetryIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final int port = FreePorts.next();

  @Test
  void metricsProbesAndEventsTellWhatIsDone(World world) throws IOException {
    world.writeConfig("telemetry: {address: 127.0.0.1, port: " + port + "}");
    world.addTool("seen", 50_001);
    world.ldap().addTool("Odd_Name", 50_002, world.toolHome("odd").toString());
    try (ProgramRun program = world.start("--interval=1")) {
      shows("/readyz", "ok");
      shows("/metrics", "maintain_kubeusers_accounts{account_type=\"tool\",state=\"active\"} 1.0");
      shows("/livez", "ok");
      assertThat(get("/metrics"))
          .contains(
              "maintain_kubeusers_accounts_created_total{account_type=\"tool\"} 1.0",
              "maintain_kubeusers_accounts_held{account_type=\"tool\",reason=\"invalid-name\"} 1.0",
              "maintain_kubeusers_directory_complete 1.0",
              "maintain_kubeusers_leader 1.0",
              "maintain_kubeusers_csr_wait_seconds_count 1",
              "maintain_kubeusers_api_calls_total{code=\"200\",verb=\"watch\"}",
              "maintain_kubeusers_api_calls_total{code=\"201\",verb=\"create\"} 3.0",
              "maintain_kubeusers_watch_age_seconds{mirror=\"configmaps/cluster-info\"}",
              "maintain_kubeusers_watch_age_seconds{mirror=\"certificatesigningrequests\"}",
              "maintain_kubeusers_api_certificate_end_timestamp_seconds ",
              "maintain_kubeusers_cluster_ca_end_timestamp_seconds{fingerprint=",
              "maintain_kubeusers_lockout_days 36");

      assertThat(world.run("--once").status()).as("a single pass does not want the port").isZero();

      ownerSees(world, "seen", "CredentialsIssued", "Key, certificate and kubeconfig are in ");
      world.kubectl(world.toolHome("seen")).get("delete", "configmap", "maintain-kubeusers");
      ownerSees(world, "seen", "CredentialsRenewed", "(refresh)");
      adminSees(world, "AccountsHeld", "tool \"Odd_Name\" (invalid-name)");
      assertThat(program.output()).doesNotContain("ERROR");
    }
  }

  @Test
  void anOwnerIsToldWhatToDoAndWhatBecameOfTheTool(World world) throws IOException {
    world.addTool("told", 50_001);
    assertThat(world.run("--once").status()).isZero();
    var config = world.toolHome("told").resolve(".kube/config");
    byte[] good = Files.readAllBytes(config);
    Files.writeString(config, "users: [\n");
    world.plane().kubectl().get("delete", "configmap", "maintain-kubeusers", "-n", "tool-told");
    for (int i = 0; i < 2; i++) {
      assertThat(world.run("--once").status()).isEqualTo(3);
    }
    Files.write(config, good);
    ownerSees(world, "told", "KubeconfigUnreadable", "correct it or delete it");
    assertThat(world.kubectl(world.toolHome("told")).get("get", "events", "-o", "name").lines())
        .filteredOn(name -> name.contains("kubeconfig-unreadable"))
        .as("told once")
        .hasSize(1);

    world.ldap().lockTool("told");
    assertThat(world.run("--once").status()).isZero();
    assertThat(world.plane().kubectl().get("get", "events", "-n", "tool-told"))
        .contains("Quarantined", "This tool is disabled in the directory");
    world.ldap().unlockTool("told");
    assertThat(world.run("--once").status()).isZero();
    ownerSees(world, "told", "Restored", "enabled again");
  }

  @Test
  void anEventThatCannotBeWrittenCostsTheAccountNothing(World world) {
    world.addTool("untold", 50_001);
    world.addAdmins(60_001, "somebody");
    var refused = new AtomicInteger();
    try (FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      api.inject(
          call -> {
            if (!call.path().contains("/events/")) {
              return Optional.empty();
            }
            refused.incrementAndGet();
            return Optional.of(FaultyApiServer.Answer.status(403));
          });
      world.connectTo(api.url());
      ProgramRun run = world.run("--once");
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output()).contains("tool untold: done (new)").doesNotContain("WARN", "ERROR");
    }
    assertThat(refused.get()).isPositive();
  }

  @Test
  void aLogInJsonIsOneObjectALineWithPassAndAccount(World world) {
    world.writeConfig("log: {format: json}");
    world.addTool("logged", 50_001);
    ProgramRun run = world.run("--once", "--debug");
    assertThat(run.status()).as(run.output()).isZero();

    List<JsonObject> lines =
        run.output().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();

    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line.keySet())
                    .contains("timestamp", "level", "loggerName", "mdc", "formattedMessage"));
    JsonObject done =
        lines.stream()
            .filter(
                line ->
                    line.get("formattedMessage").getAsString().equals("tool logged: done (new)"))
            .findFirst()
            .orElseThrow();
    assertThat(done.getAsJsonObject("mdc").get("account").getAsString()).isEqualTo("tool logged");
    assertThat(done.getAsJsonObject("mdc").get("pass").getAsString()).isEqualTo("1");
    assertThat(run.output()).doesNotContain("PRIVATE KEY");
  }

  private static void ownerSees(World world, String tool, String reason, String text) {
    Waiting.untilPassed(
        SOON,
        () ->
            assertThat(world.kubectl(world.toolHome(tool)).run("get", "events").output())
                .contains(reason, text, "configmap/maintain-kubeusers"));
  }

  private static void adminSees(World world, String reason, String text) {
    Waiting.untilPassed(
        SOON,
        () ->
            assertThat(world.plane().kubectl().get("get", "events", "-n", "maintain-kubeusers"))
                .contains(reason, text));
  }

  private void shows(String path, String text) {
    Waiting.untilPassed(SOON, () -> assertThat(get(path)).contains(text));
  }

  /** Nothing while nobody listens yet. */
  private String get(String path) {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (ConnectException _) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
