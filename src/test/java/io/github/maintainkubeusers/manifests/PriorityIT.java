package io.github.maintainkubeusers.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The component priority, in the words of Kubernetes 1.20: the API server says by which FlowSchema
 * it took a request.
 */
@ExtendWith(WorldExtension.class)
class PriorityIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void controllerAndToolsHaveLevelsOfTheirOwn(World world) throws IOException {
    world.addTool("orderly", 50_001);
    world.addAdmins(60_001, "alice");
    assertThat(world.run("--once").status()).isZero();
    Kubectl admin = world.plane().kubectl();
    admin.apply(
        Files.readString(Path.of("manifests/components/priority/priority.yaml"))
            .replace("flowcontrol.apiserver.k8s.io/v1", "flowcontrol.apiserver.k8s.io/v1beta1")
            .replace("nominalConcurrencyShares", "assuredConcurrencyShares")
            .replaceAll("(?m)^ *borrowingLimitPercent: .*\n", ""));
    Kubectl tool = world.kubectl(world.toolHome("orderly"));
    Kubectl human = world.kubectl(world.adminHome("alice"));
    Kubectl controller = admin.with(world.kubeconfig());
    String tools = uid(admin, "maintain-kubeusers-tools");

    Waiting.until("the API server to follow it", SOON, () -> schemaOf(tool).equals(tools));
    assertThat(schemaOf(controller)).isEqualTo(uid(admin, "maintain-kubeusers"));
    assertThat(schemaOf(human)).isNotEmpty().isNotEqualTo(tools);
  }

  private static String uid(Kubectl admin, String schema) {
    return admin.get("get", "flowschema", schema, "-o", "jsonpath={.metadata.uid}");
  }

  /** The FlowSchema by which requests of these credentials are taken. */
  private static String schemaOf(Kubectl kubectl) {
    String header = "x-kubernetes-pf-flowschema-uid: ";
    return kubectl
        .run("get", "--raw", "/api", "-v=8")
        .errors()
        .lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.contains(header))
        .map(line -> line.substring(line.indexOf(header) + header.length()).strip())
        .findFirst()
        .orElse("");
  }
}
