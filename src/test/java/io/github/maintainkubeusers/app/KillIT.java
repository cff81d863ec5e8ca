package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.FaultyApiServer;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Killed at each point of a provisioning, the next pass finishes the work. */
@ExtendWith(WorldExtension.class)
class KillIT {
  /**
   * The writes of a new tool: namespace, quota, limits, request, approval, its deletion, binding,
   * record, ConfigMap.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void killedAfterSoManyWritesTheNextPassLeavesOneValidSetOfCredentialsAndNoRequest(
      int writes, World world) {
    String tool = "killed-" + writes;
    world.addTool(tool, 50_001);
    try (FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      var killer = new Killer(writes);
      api.inject(killer);
      world.connectTo(api.url());
      try (ProgramRun program = world.start("--once")) {
        Waiting.until(
            "the moment to kill\n" + program.output(), Duration.ofSeconds(60), killer::isTime);
        program.kill();
      }
    }
    world.connectTo(world.plane().server());

    ProgramRun next = world.run("--once");

    assertThat(next.status()).as(next.output()).isZero();
    assertThat(world.plane().kubectl().get("get", "csr", "-o", "name")).isEmpty();
    Path home = world.toolHome(tool);
    assertThat(world.kubectl(home).get("get", "configmaps")).contains("maintain-kubeusers");
    assertThat(recordedSerial(world, tool))
        .isEqualTo(Certificates.serial(home.resolve(".toolskube/client.crt")));
    assertThat(home.resolve(".toolskube")).isDirectoryNotContaining("glob:**/.maintain*");
    assertThat(Files.exists(home.resolve(".toolskube/client.key"))).isTrue();
    assertThat(world.run("--once").output()).contains("1 unchanged");
  }

  /**
   * The state that a kill leaves when new credentials are made for any reason: bindings name them,
   * the home has their key beside the certificate of those before, the record has those before.
   */
  @Test
  void killedBetweenKeyAndCertificateTheNextPassMakesNewCredentials(World world)
      throws IOException {
    world.addTool("halved", 50_001);
    world.addTool("other", 50_002);
    assertThat(world.run("--once").status()).isZero();
    Kubectl admin = world.plane().kubectl();
    String before = recordedSerial(world, "halved");
    String group =
        admin.get(
            "get",
            "rolebinding",
            "halved-tool-binding",
            "-n",
            "tool-halved",
            "-o",
            "jsonpath={.subjects[0].name}");
    String newer = "tool:halved:v" + group.substring("tool:halved:v".length());
    admin.get(
        "patch",
        "rolebinding",
        "halved-tool-binding",
        "-n",
        "tool-halved",
        "--type=json",
        "-p",
        """
        [{"op": "add", "path": "/subjects/-",
          "value": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "%s"}}]
        """
            .formatted(newer));
    Path folder = world.toolHome("halved").resolve(".toolskube");
    byte[] otherKey = Files.readAllBytes(world.toolHome("other").resolve(".toolskube/client.key"));
    Files.setPosixFilePermissions(
        folder.resolve("client.key"), PosixFilePermissions.fromString("rw-------"));
    Files.write(folder.resolve("client.key"), otherKey);

    ProgramRun next = world.run("--once");

    assertThat(next.status()).as(next.output()).isZero();
    assertThat(recordedSerial(world, "halved"))
        .isNotEqualTo(before)
        .isEqualTo(Certificates.serial(folder.resolve("client.crt")));
    assertThat(world.kubectl(world.toolHome("halved")).get("get", "configmaps"))
        .contains("maintain-kubeusers");
    assertThat(recordedSerial(world, "other"))
        .isEqualTo(Certificates.serial(world.toolHome("other").resolve(".toolskube/client.crt")));
    String after = recordedSerial(world, "halved");
    assertThat(world.run("--once").status()).isZero();
    assertThat(recordedSerial(world, "halved")).isEqualTo(after);
  }

  private static String recordedSerial(World world, String tool) {
    return world
        .plane()
        .kubectl()
        .get(
            "get",
            "namespace",
            "tool-" + tool,
            "-o",
            "jsonpath={.metadata.annotations.maintain-kubeusers/serial}");
  }

  /** Holds the answer to the last write that is let through, or the first write when none is. */
  private static final class Killer implements FaultyApiServer.Fault {
    private final int letThrough;
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch time = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    Killer(int letThrough) {
      this.letThrough = letThrough;
    }

    boolean isTime() {
      return time.getCount() == 0;
    }

    @Override
    public Optional<FaultyApiServer.Answer> at(FaultyApiServer.Call call)
        throws InterruptedException {
      if (call.isWrite() && seen.incrementAndGet() > letThrough) {
        time.countDown();
        never.await();
      }
      return Optional.empty();
    }

    @Override
    public void after(FaultyApiServer.Call call) {
      if (call.isWrite() && seen.get() == letThrough) {
        time.countDown();
      }
    }
  }
}
