package io.github.maintainkubeusers.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.certificates.Explained;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.cluster.ClusterEndpoint;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.kubeconfig.Kubeconfig;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry;
import io.github.maintainkubeusers.reconcile.KubeconfigPolicy;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One fault of a home at a time. */
class HomeExplanationTest {
  private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
  private static final byte[] CA = TestingAuthority.root("CN=ca", NOW).certificate();
  private static final byte[] OTHER = TestingAuthority.root("CN=other", NOW).certificate();
  private static final Account ACCOUNT =
      new Account(
          AccountId.tool("wikibot"), new Uid(1001), new HomePath("/data/project/wikibot"), false);
  private static final String KUBECONFIG =
      new String(
          Kubeconfig.create(
              new KubeconfigEntry(
                  "toolforge",
                  "toolforge",
                  "tf-wikibot",
                  "https://k8s.example.org:6443",
                  CA,
                  Optional.of("tool-wikibot"),
                  "../.toolskube/client.crt",
                  "../.toolskube/client.key")),
          UTF_8);

  static Stream<Arguments> faults() {
    String ca = "certificate-authority-data: ";
    return Stream.of(
        arguments(
            "apiVersion: v1",
            "{",
            ".kube/config does not work: could not read the kubeconfig: line ",
            "correct it, or delete it"),
        arguments(
            "current-context: toolforge",
            "current-context: other",
            "there is no context of the name",
            "correct it, or delete it"),
        arguments(
            "https://k8s.example.org:6443",
            "https://elsewhere:6443",
            "its current context toolforge leads to https://elsewhere:6443, not to https://k8s",
            "delete .kube/config"),
        arguments(
            "../.toolskube/client.crt",
            "/tmp/client.crt",
            "uses another certificate or key",
            "kubectl config use-context toolforge"),
        arguments(
            "client-key: ../.toolskube/client.key",
            "client-key-data: aGVsbG8=",
            "uses another certificate or key",
            "kubectl config use-context toolforge"),
        arguments(
            ca + base64(CA),
            "insecure-skip-tls-verify: true",
            "insecure-skip-tls-verify",
            "the controller's next look into the home mends it"),
        arguments(
            base64(CA), base64(OTHER), "its CA bundle lacks 1 of the CAs", "delete .kube/config"),
        arguments(
            base64(CA),
            base64("rubbish".getBytes(UTF_8)),
            "its CA bundle is not usable",
            "delete .kube/config"),
        arguments(
            ca + base64(CA),
            "x: y",
            "its cluster has no certificate-authority-data",
            "delete .kube/config"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("faults")
  void ofKubeconfigs(String text, String replacement, String problem, String remedy) {
    assertThat(KUBECONFIG).contains(text);

    assertFound(explain(files(KUBECONFIG.replace(text, replacement))), problem, remedy);
  }

  @Test
  void anotherContextThatWasChosen() {
    String other =
        KUBECONFIG
            .replace("current-context: toolforge", "current-context: theirs")
            .replace(
                "clusters:\n", "clusters:\n- {name: far, cluster: {server: \"https://far\"}}\n")
            .replace(
                "contexts:\n",
                "contexts:\n- {name: theirs, context: {cluster: far, user: tf-wikibot}}\n");

    assertFound(
        explain(files(other)),
        "its current context theirs leads to https://far, not to https://k8s",
        "choose this cluster: kubectl config use-context toolforge");
  }

  @Test
  void aFileThatIsMissing() {
    Map<HomeFile, byte[]> files = files(KUBECONFIG);
    files.remove(HomeFile.TOOL_KEY);

    assertFound(
        explain(files),
        "there is no .toolskube/client.key",
        "delete the ConfigMap maintain-kubeusers");
  }

  @Test
  void nothingWhereAllIsWell() {
    assertThat(explain(files(KUBECONFIG)).findings()).isEmpty();
  }

  private static Explained explain(Map<HomeFile, byte[]> files) {
    return new HomeExplanation(
            ACCOUNT,
            files,
            new ClusterEndpoint("https://k8s.example.org:6443", CA),
            KubeconfigPolicy.named("toolforge"))
        .explain();
  }

  private static Map<HomeFile, byte[]> files(String kubeconfig) {
    return new HashMap<>(
        Map.of(
            HomeFile.KUBECONFIG,
            kubeconfig.getBytes(UTF_8),
            HomeFile.TOOL_CERTIFICATE,
            new byte[0],
            HomeFile.TOOL_KEY,
            new byte[0]));
  }

  private static void assertFound(Explained explained, String problem, String remedy) {
    assertThat(explained.findings())
        .singleElement()
        .satisfies(
            (Finding finding) -> {
              assertThat(finding.problem()).contains(problem);
              assertThat(finding.remedy()).contains(remedy);
            });
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
