package io.github.maintainkubeusers.kubeconfig;

import static io.github.maintainkubeusers.kubeconfig.TestingEntries.CA_DATA;
import static io.github.maintainkubeusers.kubeconfig.TestingEntries.admin;
import static io.github.maintainkubeusers.kubeconfig.TestingEntries.embedded;
import static io.github.maintainkubeusers.kubeconfig.TestingEntries.matches;
import static io.github.maintainkubeusers.kubeconfig.TestingEntries.merged;
import static io.github.maintainkubeusers.kubeconfig.TestingEntries.tool;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KubeconfigTest {
  private static final String NEW =
      """
      apiVersion: v1
      clusters:
      - cluster:
          certificate-authority-data: %s
          server: https://k8s.example:6443
        name: toolforge
      contexts:
      - context:
          cluster: toolforge
          namespace: tool-fourohfour
          user: tf-fourohfour
        name: toolforge
      current-context: toolforge
      kind: Config
      preferences: {}
      users:
      - name: tf-fourohfour
        user:
          client-certificate: ../.toolskube/client.crt
          client-key: ../.toolskube/client.key
      """
          .formatted(CA_DATA);

  @Test
  void createsWhatKubectlWouldWrite() {
    assertThat(new String(Kubeconfig.create(tool("fourohfour")), UTF_8)).isEqualTo(NEW);
  }

  @Test
  void embedsCertificateAndKeyAndLeadsThroughAProxy() {
    KubeconfigEntry entry = embedded("fourohfour", "k8s.internal", "http://proxy:3128");
    String expected =
        NEW.replace(
                "    server: https://k8s.example:6443\n",
                """
                    proxy-url: http://proxy:3128
                    server: https://k8s.example:6443
                    tls-server-name: k8s.internal
                """)
            .replace(
                "client-certificate: ../.toolskube/client.crt",
                "client-certificate-data: " + CA_DATA)
            .replace("client-key: ../.toolskube/client.key", "client-key-data: " + CA_DATA);

    String merged = merged(NEW, entry);

    assertThat(merged.lines()).containsExactlyInAnyOrderElementsOf(expected.lines().toList());
    assertThat(merged(merged, entry)).isEqualTo(merged);
    assertThat(entry.toString()).doesNotContain("BEGIN", CA_DATA);
  }

  @Test
  void takesBackWhatIsNoLongerEmbedded() {
    String embedded = merged(NEW, embedded("fourohfour", "k8s.internal", "http://proxy:3128"));

    assertThat(merged(embedded))
        .contains("client-certificate: ../.toolskube/client.crt", "proxy-url: http://proxy:3128")
        .doesNotContain("client-certificate-data", "client-key-data");
    assertThat(merged(embedded, embedded("fourohfour", "", "")))
        .contains("proxy-url: \"\"", "tls-server-name: \"\"");
  }

  @Test
  void givesAdminsNoNamespace() {
    assertThat(new String(Kubeconfig.create(admin("ada")), UTF_8)).doesNotContain("namespace");
  }

  @Test
  void leavesNothingOfTheNameThatAnAccountHadBefore() {
    assertThat(merged(NEW.replace("fourohfour", "maiden"))).isEqualTo(NEW);
  }

  @Test
  void leavesAUserOfTheFormerNameThatIsNotOursOrStillUsed() {
    String other = NEW.replace("fourohfour", "maiden");
    String used =
        other.replace(
            "current-context:",
            """
            - context: {cluster: other, user: tf-maiden}
              name: mine
            current-context:\
            """);
    assertThat(merged(other.replace("../.toolskube/client.crt", "/elsewhere.crt")))
        .contains("- name: tf-maiden");
    assertThat(merged(used)).contains("- name: tf-maiden", "- name: tf-fourohfour");
  }

  @Test
  void changesNothingWhereNothingHasToChange() {
    byte[] existing = NEW.getBytes(UTF_8);

    assertThat(Kubeconfig.merge(existing, tool("fourohfour"))).isSameAs(existing);
    assertThat(matches(NEW)).isTrue();
  }

  @Test
  void treatsAFileWithoutContentAsAbsent() {
    assertThat(merged("")).isEqualTo(NEW);
    assertThat(merged("\n# mine\n# too")).isEqualTo("\n# mine\n# too\n" + NEW);
    assertThat(merged("---\n")).isEqualTo("---\n" + NEW);
    assertThat(merged("null # nothing\n")).isEqualTo(NEW);
  }

  @Test
  void replacesAnOldServerAndNothingElse() {
    String existing =
        "# mine\n" + NEW.replace("k8s.example:6443", "old.example:6443   # was here before");

    assertThat(merged(existing))
        .isEqualTo(
            "# mine\n" + NEW.replace("k8s.example:6443", "k8s.example:6443   # was here before"));
  }

  /** The directory gives the account another name, with the same user id and home. */
  @Test
  void replacesTheNamespaceOfTheNameThatTheAccountHadBefore() {
    String before = new String(Kubeconfig.create(TestingEntries.tool("notfound")), UTF_8);

    assertThat(merged(before))
        .contains("namespace: tool-fourohfour", "user: tf-fourohfour")
        .doesNotContain("namespace: tool-notfound");
    assertThat(merged(before.replace("namespace: tool-notfound", "namespace: chosen")))
        .as("what its owner chose stays")
        .contains("namespace: chosen");
    assertThat(merged(NEW.replace("namespace: tool-fourohfour", "namespace: tool-notfound")))
        .as("what its owner chose stays")
        .contains("namespace: tool-notfound");
  }

  @Test
  void appendsToTheListsOfAnotherCluster() {
    assertThat(
            merged(
                """
                # my own cluster
                apiVersion: v1
                kind: Config
                clusters:
                  - name: home   # the Pi
                    cluster:
                      server: https://pi:6443
                contexts:
                  - name: home
                    context: {cluster: home, user: me}
                current-context: home
                users:
                  - name: me
                    user:
                      client-certificate: /home/me/c.crt
                      client-key: /home/me/c.key
                  # the end
                """))
        .isEqualTo(
            """
            # my own cluster
            apiVersion: v1
            kind: Config
            clusters:
              - name: home   # the Pi
                cluster:
                  server: https://pi:6443
              - cluster:
                  certificate-authority-data: %s
                  server: https://k8s.example:6443
                name: toolforge
            contexts:
              - name: home
                context: {cluster: home, user: me}
              - context:
                  cluster: toolforge
                  namespace: tool-fourohfour
                  user: tf-fourohfour
                name: toolforge
            current-context: home
            users:
              - name: me
                user:
                  client-certificate: /home/me/c.crt
                  client-key: /home/me/c.key
              - name: tf-fourohfour
                user:
                  client-certificate: ../.toolskube/client.crt
                  client-key: ../.toolskube/client.key
              # the end
            """
                .formatted(CA_DATA));
  }

  @Test
  void removesWhatConflictsInOurEntriesOnly() {
    assertThat(
            merged(
                NEW.replace("    client-key:", "    token: abc\n    client-key:")
                    .replace(
                        "    server: ",
                        String.join(
                            "\n    ",
                            "    insecure-skip-tls-verify: true",
                            "# kept",
                            "proxy-url: http://p",
                            "server: "))))
        .isEqualTo(
            NEW.replace("    server: ", "    # kept\n    proxy-url: http://p\n    server: "));
  }

  @Test
  void keepsTheNamespaceThatTheOwnerHasChosen() {
    assertThat(matches(NEW.replace("tool-fourohfour", "tool-other"))).isTrue();
  }

  @Test
  void keepsTheCurrentContext() {
    assertThat(matches(NEW.replace("current-context: toolforge", "current-context: other")))
        .isTrue();
    assertThat(merged(NEW.replace("current-context: toolforge", "current-context: \"\" # none")))
        .isEqualTo(
            NEW.replace("current-context: toolforge", "current-context: \"toolforge\" # none"));
  }

  @Test
  void makesOneOfDuplicates() {
    String duplicate = "- name: tf-fourohfour\n  user:\n    token: abc\n";

    assertThat(merged(NEW + duplicate)).isEqualTo(NEW);
  }
}
