package io.github.maintainkubeusers.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What docs/operations.md tells to do before the service that is succeeded runs again, done as it is written. */
@ExtendWith(WorldExtension.class)
class RollBackIT {
    private static final Pattern PROCEDURE = Pattern.compile("```sh\n(kubectl delete deployment.*?)```",
            Pattern.DOTALL);

    @Test
    void certificatesWithoutAGroupWorkBesideThoseWithOne(World world) throws Exception {
        world.awaitEmpty();
        world.addTool("returning", 50_001);
        world.addAdmins(60_001, "alice");
        assertThat(world.run("--once").status()).isZero();
        assertThat(withoutGroup(world, "toolforge", "returning").run("get", "pods", "-n", "tool-returning").errors())
                .contains("Forbidden");

        run(world, procedure());

        assertThat(withoutGroup(world, "toolforge", "returning").run("get", "pods", "-n", "tool-returning").succeeded())
                .isTrue();
        assertThat(withoutGroup(world, "admins", "alice").run("get", "nodes", "--as=root", "--as-group=system:masters")
                .succeeded()).isTrue();
        assertThat(world.kubectl(world.toolHome("returning")).run("get", "pods").succeeded()).isTrue();
    }

    private static String procedure() throws IOException {
        Matcher procedure = PROCEDURE.matcher(Files.readString(Path.of("docs/operations.md")));
        assertThat(procedure.find()).isTrue();
        return procedure.group(1);
    }

    private static void run(World world, String script) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", world.plane().adminKubeconfig().toString());
        builder.environment().merge("PATH", world.plane().kubectl().program().getParent().toString(),
                (path, folder) -> folder + ":" + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** With a certificate as the former service gives it. */
    private static Kubectl withoutGroup(World world, String organization, String name) throws IOException {
        Path folder = Files.createDirectories(world.folder().resolve("without-group"));
        world.plane().ca().issueTo(folder, name, "O=" + organization + ",CN=" + name);
        Path kubeconfig = Files.writeString(folder.resolve(name + ".kubeconfig"), """
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
                """.formatted(world.plane().server(), world.plane().ca().certificate(), folder, name));
        return world.plane().kubectl().with(kubeconfig);
    }
}
