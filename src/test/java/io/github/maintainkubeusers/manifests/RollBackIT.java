package io.github.maintainkubeusers.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.Procedure;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What docs/operations.md tells to do before the service that is succeeded runs again, done as it
 * is written.
 */
@ExtendWith(WorldExtension.class)
class RollBackIT {
  @Test
  void certificatesWithoutAGroupWorkBesideThoseWithOne(World world) throws Exception {
    world.awaitEmpty();
    world.addTool("returning", 50_001);
    world.addAdmins(60_001, "alice");
    assertThat(world.run("--once").status()).isZero();
    assertThat(
            withoutGroup(world, "toolforge", "returning")
                .run("get", "pods", "-n", "tool-returning")
                .errors())
        .contains("Forbidden");

    Procedure.startingWith("kubectl delete deployment").run(world.plane().kubectl());

    assertThat(
            withoutGroup(world, "toolforge", "returning")
                .run("get", "pods", "-n", "tool-returning")
                .succeeded())
        .isTrue();
    assertThat(
            withoutGroup(world, "admins", "alice")
                .run("get", "nodes", "--as=root", "--as-group=system:masters")
                .succeeded())
        .isTrue();
    assertThat(world.kubectl(world.toolHome("returning")).run("get", "pods").succeeded()).isTrue();
  }

  /** With a certificate as the former service gives it. */
  private static Kubectl withoutGroup(World world, String organization, String name)
      throws IOException {
    Path folder = Files.createDirectories(world.folder().resolve("without-group"));
    world.plane().ca().issueTo(folder, name, "O=" + organization + ",CN=" + name);
    Path kubeconfig =
        Files.writeString(
            folder.resolve(name + ".kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters:
            - name: test
              cluster: {server: "%1$s", certificate-authority: "%2$s"}
            contexts:
            - name: test
              context: {cluster: test, user: test}
            users:
            - name: test
              user: {client-certificate: "%3$s/%4$s.crt", client-key: "%3$s/%4$s.key"}
            current-context: test
            """
                .formatted(world.plane().server(), world.plane().ca().certificate(), folder, name));
    return world.plane().kubectl().with(kubeconfig);
  }
}
