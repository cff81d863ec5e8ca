package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.Procedure;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What docs/certificates.md tells admins to do, done as it is written. */
@ExtendWith(WorldExtension.class)
class CertificateProceduresIT {
  private static final String DOCUMENT = "certificates.md";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Set<String> done = new HashSet<>();
  private World world;

  @BeforeEach
  void prepare(World given) throws IOException {
    world = given;
    DeclaredService.prepare(world);
    Matcher declared =
        Pattern.compile("(?ms)^```yaml\n(services:.*?)^```")
            .matcher(Files.readString(Path.of("docs", DOCUMENT)));
    assertThat(declared.find()).isTrue();
    world.writeConfig(declared.group(1));
    world.addTool("wikibot", 50_001);
    Object _ = Authority.create(world.folder(), "front-proxy-ca");
  }

  @AfterEach
  void remove() {
    DeclaredService.remove(world);
  }

  @Test
  void areDoneAsTheyAreWritten() {
    try (ProgramRun program = world.start("--interval=3600")) {
      Waiting.until(
          "the first credentials\n" + program.output(),
          SOON,
          () ->
              Files.exists(world.toolHome("wikibot").resolve(".kube/config"))
                  && world.shell("kubectl get secret prometheus-api -n metrics").succeeded());

      doAll("A program outside the cluster calls the API server");
      assertThat(world.folder().resolve("prometheus/ca.crt"))
          .hasSameTextualContentAs(world.plane().trust());
      assertThat(world.folder().resolve("visitor/key.pem")).isNotEmptyFile();
      assertThat(doAll("A program inside the cluster calls the API server"))
          .contains("prometheus: rotated ");
      assertThat(doAll("What ends soon?")).contains("tenants", "1 of 1", "service");
      newCredentials(program);
      assertThat(doAll("The CAs")).contains("signs now", "apiserver");
      doAll("The CA of front proxies");
      doAll("A webhook's certificate");
      assertThat(doAll("etcd, kubelets and the files of kubeadm")).contains("server ", "well");
      assertThat(doAll("A control plane is made anew")).containsPattern("token-keys .*well");
      assertThat(doAll("By hand, for comparison")).contains("private key matches");
    }
    List<String> all = Procedure.headings(DOCUMENT, 3);
    assertThat(done).as("nothing is left out").containsExactlyInAnyOrderElementsOf(all);
  }

  private String doAll(String heading) {
    done.add(heading);
    var output = new StringBuilder();
    for (Procedure procedure : Procedure.below(DOCUMENT, heading)) {
      output.append(run(procedure.commands()));
    }
    return output.toString();
  }

  private void newCredentials(ProgramRun program) {
    String heading = "A tool needs new credentials";
    done.add(heading);
    List<String> commands =
        Procedure.below(DOCUMENT, heading).stream()
            .flatMap(procedure -> procedure.commands().lines())
            .toList();
    assertThat(commands).hasSize(3);
    for (String deletion : List.of(commands.getFirst(), commands.getLast())) {
      String before = certificate();
      run(deletion);
      Waiting.until(
          "new credentials\n" + program.output(), SOON, () -> !certificate().equals(before));
      Waiting.until("peace", SOON, () -> world.shell(commands.get(1)).succeeded());
      Waiting.until(
          "its ConfigMap",
          SOON,
          () ->
              world.shell("kubectl get configmap maintain-kubeusers -n tool-wikibot").succeeded());
    }
  }

  private String run(String commands) {
    Kubectl.Result result =
        world.shell(commands.replace("127.0.0.1:2379", "127.0.0.1:" + world.plane().etcdPort()));
    assertThat(result.status()).as(commands + "\n" + result.output() + result.errors()).isZero();
    return result.output();
  }

  private String certificate() {
    try {
      return Files.readString(world.toolHome("wikibot").resolve(".toolskube/client.crt"));
    } catch (IOException e) {
      return "";
    }
  }
}
