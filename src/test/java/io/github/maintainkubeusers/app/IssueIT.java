package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code certificates issue} on a real cluster. */
@ExtendWith(WorldExtension.class)
class IssueIT {
  private static final int OK = 0;
  private static final int COULD_NOT_RUN = 1;
  private static final int USAGE = 2;

  private World world;

  @BeforeEach
  void runAsAnAdmin(World given) {
    world = given;
    world.connectAsAdmin();
    admin()
        .apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: issue-test}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: backup}]
            """);
  }

  @AfterEach
  void remove() {
    Object _ = admin().run("delete", "clusterrolebinding/issue-test");
    Object _ = admin().run("delete", "--ignore-not-found", "-n", "default", "secret/backup");
  }

  @Test
  void writesAKubeconfigByWhichTheUserHasWhatIsBoundToIt() throws IOException {
    Path file = world.folder().resolve("backup.kubeconfig");

    ProgramRun run = issue("backup", "--group=jobs", "--kubeconfig=" + file);

    assertTold(run, OK, "issued for backup: valid until ", ", SHA-256 ");
    Kubectl backup = admin().with(file);
    assertThat(backup.run("get", "pods", "-n", "default").succeeded()).isTrue();
    assertThat(backup.run("get", "secrets", "-n", "default").errors())
        .contains("User \"backup\" cannot list resource \"secrets\"");
    assertThat(requests()).isEmpty();

    assertTold(
        issue("backup", "--kubeconfig=" + file),
        COULD_NOT_RUN,
        "it exists; nothing is overwritten");
    assertTold(
        world.run("certificates", "inspect", file.toString()),
        OK,
        "groups   jobs",
        "state    well");
  }

  @Test
  void writesFilesAndASecretThatIsReplacedForTheSameOwnerAlone() {
    Path folder = world.folder().resolve("backup");
    assertThat(issue("backup", "--out=" + folder).status()).isZero();
    assertThat(folder.resolve("cert.pem")).isNotEmptyFile();
    assertThat(folder.resolve("key.pem")).content().startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(folder.resolve("ca.crt")).hasSameTextualContentAs(world.plane().trust());

    assertThat(issue("backup", "--secret=default/backup", "--keys=a.pem,b.pem").status()).isZero();
    String first = secret("{.data.a\\.pem}");
    assertThat(secret("{.metadata.annotations}")).as("no copy of the key").isEmpty();
    assertThat(issue("backup", "--secret=default/backup").status()).isZero();
    assertThat(secret("{.data}"))
        .contains("cert.pem", "key.pem", "ca.crt")
        .doesNotContain("a.pem", first);

    assertTold(
        issue("other", "--secret=default/backup"),
        COULD_NOT_RUN,
        "Secret default/backup exists, and was not made for other");
    admin().get("label", "secret", "backup", "-n", "default", "maintain-kubeusers/issued-for-");
    assertTold(issue("backup", "--secret=default/backup"), COULD_NOT_RUN, "exists, and was not");
    assertTold(
        issue("backup", "--secret=no-such-namespace/backup"), COULD_NOT_RUN, "no-such-namespace");
  }

  @Test
  void signsARequestWhoseKeyItNeverSees() throws IOException, InterruptedException {
    Path request = world.folder().resolve("backup.csr");
    openssl("/O=jobs/CN=backup", request);

    ProgramRun run = issue("backup", "--group=jobs", "--csr=" + request);

    assertTold(run, OK, "issued for backup", "-----BEGIN CERTIFICATE-----");
    String pem = run.output().substring(run.output().indexOf("-----BEGIN"));
    assertThat(
            ParsedCertificate.parse(pem.getBytes(StandardCharsets.US_ASCII)).getFirst().subject())
        .contains("CN=backup", "O=jobs");
    assertTold(
        issue("backup", "--csr=" + request),
        COULD_NOT_RUN,
        "it is for User \"backup\" and Groups [\"jobs\"], and the command for backup and []");
    assertTold(issue("other", "--group=jobs", "--csr=" + request), COULD_NOT_RUN, "it is for User");
    assertTold(
        issue("backup", "--csr=" + world.folder().resolve("config.yaml")),
        COULD_NOT_RUN,
        "it is no PKCS#10 request as PEM");
    assertTold(issue("backup", "--csr=missing.csr"), COULD_NOT_RUN, "there is no such file");
  }

  @Test
  void givesNobodyTheNameOrGroupOfAnother() {
    world.addTool("taken", 50_001);
    world.addAdmins(60_001, "lena", "lars");
    assertThat(world.run("--once").status()).isZero();
    String out = "--out=" + world.folder().resolve("none");

    assertTold(issue("taken", out), COULD_NOT_RUN, "it is the name of tool taken");
    assertTold(issue("lena", out), COULD_NOT_RUN, "it is the name of admin lena");
    assertTold(issue("system:kube-scheduler", out), USAGE, "a user of Kubernetes' own");
    assertTold(issue("Not_A_Name", out), USAGE, "is not an RFC 1123 label");
    for (String group : List.of("system:masters", "toolforge", "admins", "tool:taken:0", "")) {
      assertTold(issue("backup", "--group=" + group, out), USAGE, "\"" + group + "\" is");
    }
    world.writeConfig(
        """
        services:
        - {name: prometheus, secret: metrics/prometheus-api}
        """);
    assertTold(issue("prometheus", out), COULD_NOT_RUN, "certificates rotate prometheus");
    assertThat(world.folder().resolve("none")).doesNotExist();
    assertThat(requests()).isEmpty();
  }

  @Test
  void namesWhatIsWrongWithTheCommandAndTheRightThatIsMissing() {
    String out = "--out=" + world.folder().resolve("none");

    assertTold(issue("backup"), USAGE, "one of --out, --kubeconfig, --secret, --csr");
    assertTold(issue("backup", out, "--secret=a/b"), USAGE, "one of --out");
    assertTold(issue("backup", "--secret=a"), USAGE, "is not a Secret like NAMESPACE/NAME");
    assertTold(issue("backup", out, "--keys=a,b"), USAGE, "--keys names two keys");
    assertTold(issue("backup", "--secret=a/b", "--keys=a,a"), USAGE, "--keys names two keys");
    assertTold(issue("backup", "--secret=a/b", "--keys=a,ca.crt"), USAGE, "--keys names two keys");
    assertTold(issue("backup", out, "--lifetime=1m"), USAGE, "--lifetime is not between");
    assertTold(issue("backup", out, "--signer=own"), USAGE, "--signer: \"own\" is not the name");
    world.connectAsNobody();
    assertTold(issue("backup", out), COULD_NOT_RUN, "forbidden");
    assertThat(world.folder().resolve("none")).doesNotExist();
  }

  private ProgramRun issue(String... arguments) {
    var command = new ArrayList<>(List.of("certificates", "issue"));
    command.addAll(List.of(arguments));
    return world.run(command.toArray(String[]::new));
  }

  private Kubectl admin() {
    return world.plane().kubectl();
  }

  private String requests() {
    return admin().get("get", "csr", "-o", "name");
  }

  private String secret(String path) {
    return admin().get("get", "secret", "backup", "-n", "default", "-o", "jsonpath=" + path);
  }

  private void openssl(String subject, Path request) throws IOException, InterruptedException {
    assertThat(
            new ProcessBuilder(
                    "openssl",
                    "req",
                    "-new",
                    "-nodes",
                    "-newkey",
                    "rsa:2048",
                    "-keyout",
                    world.folder().resolve("backup.key").toString(),
                    "-subj",
                    subject,
                    "-out",
                    request.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor())
        .isZero();
  }

  private static void assertTold(ProgramRun run, int status, String... texts) {
    assertThat(run.output()).contains(texts);
    assertThat(run.status()).isEqualTo(status);
  }
}
