package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.User;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** The image, built and started where there is no registry and no container engine. */
@ExtendWith(WorldExtension.class)
@EnabledIf(value = "canBuild", disabledReason = "takes root, buildah and debootstrap")
class ImageIT {
  private static final String IMAGE = "localhost/maintain-kubeusers:test";

  private String container = "";

  static boolean canBuild() {
    return User.isRoot()
        && Files.isExecutable(Path.of("/usr/bin/buildah"))
        && Files.isExecutable(Path.of("/usr/sbin/debootstrap"));
  }

  @BeforeEach
  void build() throws Exception {
    assertThat(call("image/build", IMAGE)).contains(IMAGE);
    container = call("image/build", "--buildah", "from", IMAGE).strip();
  }

  @AfterEach
  void remove() throws Exception {
    call("image/build", "--buildah", "rm", container);
    call("image/build", "--buildah", "rmi", IMAGE);
  }

  @Test
  void provisionsAToolWithItsStartUpCacheInUseAndHasNoShell(World world) throws Exception {
    assertThat(inspect("{{index .OCIv1.Config.Labels \"org.opencontainers.image.title\"}}"))
        .isEqualTo("maintain-kubeusers");
    assertThat(container("/bin/sh", "-c", "true").status()).as("there is no shell").isNotZero();
    world.addTool("packed", 50_001);

    List<String> command =
        new ArrayList<>(
            List.of(inspect("{{range .OCIv1.Config.Entrypoint}}{{.}} {{end}}").split(" ")));
    command.addAll(
        List.of(
            "--local",
            "--once",
            "--config=" + world.folder().resolve("config.yaml"),
            "--ldapconfig=" + world.folder().resolve("ldap.yaml")));
    Result run =
        container(
            List.of(
                "--volume",
                world.plane().folder() + ":" + world.plane().folder(),
                "--env",
                "KUBECONFIG=" + world.folder().resolve("kubeconfig"),
                "--env",
                // Then a cache that does not fit is an error.
                "JAVA_TOOL_OPTIONS=-XX:AOTMode=on"),
            command);

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("tool packed: done (new)");
    assertThat(Files.getAttribute(world.toolHome("packed"), "unix:uid")).isEqualTo(50_001);
    assertThat(world.kubectl(world.toolHome("packed")).get("get", "configmaps"))
        .contains("maintain-kubeusers");
  }

  private record Result(int status, String output) {}

  private String inspect(String format) throws Exception {
    return call("image/build", "--buildah", "inspect", "--format", format, container).strip();
  }

  private Result container(String... command) throws Exception {
    return container(List.of(), List.of(command));
  }

  private Result container(List<String> options, List<String> command) throws Exception {
    var all = new ArrayList<>(List.of("image/build", "--buildah", "run", "--isolation", "chroot"));
    all.addAll(options);
    all.add(container);
    all.add("--");
    all.addAll(command);
    return run(all);
  }

  private static String call(String... command) throws Exception {
    Result result = run(List.of(command));
    assertThat(result.status()).as(result.output()).isZero();
    return result.output();
  }

  private static Result run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
