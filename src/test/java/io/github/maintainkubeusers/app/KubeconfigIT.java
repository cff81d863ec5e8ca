package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Kubeconfigs for homes that are mounted elsewhere, and for API servers that are reached otherwise.
 */
@ExtendWith(WorldExtension.class)
class KubeconfigIT {
  private static final String TOOL = "elsewhere";

  @Test
  void holdsThePairItselfAndLeadsToEachAddress(World world) throws IOException {
    world.addTool(TOOL, 50_001);
    configure(world, "embedCredentials: true, servers: {again: \"%s\"}, tlsServerName: localhost");
    once(world);

    Kubectl elsewhere = world.kubectl(copy(world));
    works(elsewhere);
    assertThat(elsewhere.run("get", "pods", "--context=toolforge-again").succeeded()).isTrue();
    assertThat(once(world)).contains("1 unchanged");

    String before = text(world);
    world.plane().kubectl().get("delete", "configmap", "maintain-kubeusers", "-n", "tool-" + TOOL);
    once(world);
    assertThat(text(world)).isNotEqualTo(before);
    works(world.kubectl(copy(world)));
  }

  @Test
  void isWrittenAnewWhenTheConfigurationSaysSomethingElse(World world) throws IOException {
    world.addTool(TOOL, 50_001);
    once(world);
    assertThat(text(world)).contains("client-certificate: ../.toolskube/client.crt");

    configure(world, "embedCredentials: true, proxyUrl: \"http://127.0.0.1:1\"");
    once(world);
    assertThat(text(world)).contains("client-key-data", "proxy-url: http://127.0.0.1:1");
    Kubectl tool = world.kubectl(world.toolHome(TOOL));
    assertThat(tool.run("get", "pods").succeeded()).as("nobody listens there").isFalse();

    configure(world, "proxyUrl: \"\"");
    once(world);
    assertThat(text(world)).doesNotContain("client-key-data");
    works(tool);
  }

  private static void configure(World world, String kubeconfig) {
    world.writeConfig("kubeconfig: {" + kubeconfig.formatted(world.plane().server()) + "}");
  }

  private static String once(World world) {
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isZero();
    return run.output();
  }

  private static void works(Kubectl tool) {
    Waiting.until(
        "the tool's rights", Duration.ofSeconds(60), () -> tool.run("get", "pods").succeeded());
  }

  private static String text(World world) throws IOException {
    return Files.readString(world.toolHome(TOOL).resolve(".kube/config"));
  }

  /** The kubeconfig alone. */
  private static Path copy(World world) throws IOException {
    Path home = Files.createTempDirectory(world.folder(), "elsewhere-");
    Files.createDirectory(home.resolve(".kube"));
    Files.writeString(home.resolve(".kube/config"), text(world));
    return home;
  }
}
