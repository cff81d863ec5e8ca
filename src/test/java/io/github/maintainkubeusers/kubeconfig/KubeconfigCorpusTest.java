package io.github.maintainkubeusers.kubeconfig;

import static io.github.maintainkubeusers.kubeconfig.TestingEntries.tool;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files as people and programs write them, each also with other line breaks and a byte order mark.
 */
class KubeconfigCorpusTest {
  private static final KubeconfigEntry ENTRY = tool("fourohfour");

  record Sample(String name, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() throws IOException {
    try (var files = Files.list(Path.of("src/test/resources/kubeconfigs/accepted"))) {
      return files.sorted().toList().stream()
          .flatMap(
              file -> {
                var name = file.getFileName().toString();
                var text = read(file);
                return Stream.of(
                    new Sample(name, text),
                    new Sample(name + " CRLF", text.replace("\n", "\r\n")),
                    new Sample(name + " BOM", "\uFEFF" + text));
              });
    }
  }

  /** Without those that the splicer does not know, which are written anew. */
  static Stream<Sample> usualLayouts() throws IOException {
    return samples()
        .filter(sample -> !sample.name.matches("(explicit-keys|block-scalar-at-the-end).*"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isMergedOnce(Sample sample) {
    byte[] merged = merge(sample);

    assertThat(Kubeconfig.merge(merged, ENTRY)).isSameAs(merged);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void holdsOurEntriesOnce(Sample sample) {
    var after = TestingView.of(merge(sample), ENTRY);

    assertThat(after.ours(EntryKind.CLUSTER))
        .hasSize(1)
        .first(MAP)
        .containsEntry("server", "https://k8s.example:6443")
        .containsEntry("certificate-authority-data", TestingEntries.CA_DATA)
        .doesNotContainKeys("certificate-authority", "insecure-skip-tls-verify", "<<");
    assertThat(after.ours(EntryKind.CONTEXT))
        .hasSize(1)
        .first(MAP)
        .containsEntry("cluster", "toolforge")
        .containsEntry("user", "tf-fourohfour")
        .containsKey("namespace");
    assertThat(after.ours(EntryKind.USER))
        .hasSize(1)
        .first(MAP)
        .containsEntry("client-certificate", "../.toolskube/client.crt")
        .containsEntry("client-key", "../.toolskube/client.key")
        .doesNotContainKeys("token", "username", "password", "exec", "auth-provider", "<<");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void keepsWhatIsNotOurs(Sample sample) {
    var before = TestingView.of(sample.text.getBytes(UTF_8), ENTRY);
    var after = TestingView.of(merge(sample), ENTRY);

    for (EntryKind kind : EntryKind.all()) {
      assertThat(after.others(kind)).as(kind.listKey()).isEqualTo(before.others(kind));
    }
    assertThat(after.rest()).containsAllEntriesOf(before.rest());
  }

  @ParameterizedTest
  @MethodSource("usualLayouts")
  void keepsComments(Sample sample) {
    var after = new String(merge(sample), UTF_8).lines().toList();

    assertThat(after)
        .containsAll(sample.text.lines().filter(line -> line.strip().startsWith("#")).toList());
  }

  /** As kubectl does, which reads the first one. */
  @Test
  void leavesOtherDocumentsAlone() {
    String text = read(Path.of("src/test/resources/kubeconfigs/accepted/second-document.yaml"));
    String merged = new String(Kubeconfig.merge(text.getBytes(UTF_8), ENTRY), UTF_8);

    assertThat(merged).endsWith(text.substring(text.indexOf("---")));
    assertThat(merged.substring(0, merged.indexOf("---")))
        .contains("tf-fourohfour", "# the end of the first");
  }

  /** Tabs in strings are what they are; those between them indent. */
  @Test
  void keepsTheTabsOfJson() {
    String text = read(Path.of("src/test/resources/kubeconfigs/accepted/json-tabs.yaml"));
    String merged = new String(Kubeconfig.merge(text.getBytes(UTF_8), ENTRY), UTF_8);

    assertThat(merged.lines())
        .containsAll(text.lines().filter(line -> line.contains("other")).toList());
  }

  private static byte[] merge(Sample sample) {
    return Kubeconfig.merge(sample.text.getBytes(UTF_8), ENTRY);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
