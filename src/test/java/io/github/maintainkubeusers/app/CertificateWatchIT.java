package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.FreePorts;
import io.github.maintainkubeusers.testing.GrantedComponent;
import io.github.maintainkubeusers.testing.IdleWebhooks;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.TlsServer;
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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The leader's watch over certificates, on a real cluster. */
@ExtendWith(WorldExtension.class)
class CertificateWatchIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String BROKEN = "maintain_kubeusers_certificates_broken";
  private static final String ENDS = "maintain_kubeusers_certificate_end_timestamp_seconds";

  /** What a pod of the cluster would find by its resolver, and what both need. */
  private static final String HOSTS = "127.0.0.1 localhost kubernetes.default.svc\n";

  private final int port = FreePorts.next();

  @Test
  void showsThatACaBundleDoesNotFitUntilItIsCorrected(World world) {
    configure(world);
    Authority signer =
        Authority.create(world.folder(), "signer").issue("service", "CN=kubernetes.default.svc");
    Authority stranger = Authority.create(world.folder(), "stranger");
    Kubectl kubectl = world.plane().kubectl();
    world.addTool("passed", 50_001);
    try (TlsServer service = TlsServer.start("127.0.0.1", world.folder(), "service", false);
        var _ = GrantedComponent.apply(kubectl, "certificates")) {
      kubectl.apply(webhook(service, stranger));
      try (ProgramRun program = world.startWithHosts(HOSTS)) {
        shows(program, BROKEN + "{kind=\"webhook\"} 1.0\n");
        assertThat(metrics())
            .contains(
                BROKEN + "{kind=\"client-ca\"} 0.0\n",
                ENDS + "{kind=\"webhook\",name=\"odd.example.org\"} ",
                ENDS + "{kind=\"server-ca\",name=\"ca\"} ",
                ENDS + "{kind=\"apiserver\",name=\"" + server(world) + "\"} ")
            .doesNotContain("name=\"passed\"");

        kubectl.apply(webhook(service, signer));
        shows(program, BROKEN + "{kind=\"webhook\"} 0.0\n");

        kubectl.get("delete", "validatingwebhookconfiguration", "odd");
        Waiting.untilPassed(
            SOON, () -> assertThat(metrics()).doesNotContain("name=\"odd.example.org\""));
        assertThat(program.output())
            .containsOnlyOnce(
                "Certificate webhook odd.example.org: BROKEN: none of the CAs in caBundle has"
                    + " signed it; its issuer is CN=signer; put the CA that signed the Service's"
                    + " certificate into caBundle")
            .containsOnlyOnce("Certificate webhook odd.example.org: recovered")
            .contains("tool passed: done (new)")
            .doesNotContain("ERROR");
      }
    } finally {
      kubectl.get("delete", "validatingwebhookconfiguration", "odd", "--ignore-not-found");
    }
  }

  @Test
  void worksWithTheRightsOfTheBaseAndNamesTheComponentOnce(World world) {
    configure(world);
    try (ProgramRun program = world.start()) {
      shows(program, BROKEN + "{kind=\"server-ca\"} 0.0\n");
      program.awaitPasses(program.passes() + 5, SOON);

      assertThat(metrics())
          .contains(
              BROKEN + "{kind=\"apiserver\"} 0.0\n",
              BROKEN + "{kind=\"tenants\"} 0.0\n",
              BROKEN + "{kind=\"service\"} 0.0\n")
          .doesNotContain("kind=\"webhook\"", "kind=\"kubelet\"", "kind=\"apiservice\"");
      assertThat(program.output())
          .containsOnlyOnce("manifests/components/certificates")
          .contains("apiserver, token-keys, kubelet, webhook, apiservice, conversion (could not ")
          .doesNotContain("WARN  Cert", "ERROR");
    }
  }

  @Test
  void isNotThereWhereTheConfigurationSaysSo(World world) {
    world.writeConfig(
        "interval: 1s\ncertificates: {checkInterval: none}\n"
            + "telemetry: {address: 127.0.0.1, port: "
            + port
            + "}");
    try (ProgramRun program = world.start()) {
      program.awaitPasses(5, SOON);

      assertThat(metrics())
          .contains("maintain_kubeusers_leader 1.0")
          .doesNotContain(BROKEN + "{", ENDS + "{");
    }
  }

  private void configure(World world) {
    world.writeConfig(
        """
        interval: 1s
        leaderElection: {enabled: true}
        certificates: {checkInterval: 1s}
        telemetry: {address: 127.0.0.1, port: %d}
        """
            .formatted(port));
  }

  private void shows(ProgramRun program, String text) {
    Waiting.untilPassed(SOON, () -> assertThat(metrics()).as(program.output()).contains(text));
  }

  private static String server(World world) {
    return world.plane().server().replace("https://", "");
  }

  private static String webhook(TlsServer service, Authority authority) {
    return IdleWebhooks.of("kubernetes", service.port(), authority)
        .manifest("odd", List.of("odd.example.org"));
  }

  /** Nothing while nobody listens yet. */
  private String metrics() {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
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
