package io.github.maintainkubeusers.kubeconfig;

import static io.github.maintainkubeusers.kubeconfig.TestingEntries.tool;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlLimits;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlScalar;
import io.github.maintainkubeusers.yaml.YamlSequence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as people and programs write them, each also with other line breaks and a byte order mark. */
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
            return files.sorted().toList().stream().flatMap(file -> {
                var name = file.getFileName().toString();
                var text = read(file);
                return Stream.of(new Sample(name, text), new Sample(name + " CRLF", text.replace("\n", "\r\n")),
                        new Sample(name + " BOM", "\uFEFF" + text));
            });
        }
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
        var after = tree(merge(sample));

        for (EntryKind kind : EntryKind.all()) {
            var ours = entries(after, kind).stream().filter(item -> isOurs(item, kind)).toList();
            assertThat(ours).as(kind.listKey()).hasSize(1);
        }
        assertThat(ours(after, EntryKind.CLUSTER)).containsEntry("server", "https://k8s.example:6443")
                .containsEntry("certificate-authority-data", TestingEntries.CA_DATA)
                .doesNotContainKeys("certificate-authority", "insecure-skip-tls-verify", "<<");
        assertThat(ours(after, EntryKind.CONTEXT)).containsEntry("cluster", "toolforge")
                .containsEntry("user", "tf-fourohfour").containsKey("namespace");
        assertThat(ours(after, EntryKind.USER)).containsEntry("client-certificate", "../.toolskube/client.crt")
                .containsEntry("client-key", "../.toolskube/client.key")
                .doesNotContainKeys("token", "username", "password", "exec", "auth-provider", "<<");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void keepsWhatIsNotOurs(Sample sample) {
        var before = tree(sample.text.getBytes(UTF_8));
        var after = tree(merge(sample));

        for (EntryKind kind : EntryKind.all()) {
            assertThat(others(after, kind)).as(kind.listKey()).isEqualTo(others(before, kind));
        }
        before.keys().stream().map(YamlScalar::text).filter(key -> !key.equals("current-context"))
                .filter(key -> EntryKind.all().stream().noneMatch(kind -> kind.listKey().equals(key)))
                .forEach(key -> assertThat(plain(after.get(key).orElseThrow())).as(key)
                        .isEqualTo(plain(before.get(key).orElseThrow())));
    }

    private static byte[] merge(Sample sample) {
        return Kubeconfig.merge(sample.text.getBytes(UTF_8), ENTRY);
    }

    private static YamlMapping tree(byte[] bytes) {
        return (YamlMapping) YamlDocument.parse(bytes, YamlLimits.ofBytes(Kubeconfig.MAX_BYTES)).root().orElseThrow();
    }

    private static List<YamlNode> entries(YamlMapping config, EntryKind kind) {
        return config.get(kind.listKey()).filter(YamlSequence.class::isInstance)
                .map(list -> ((YamlSequence) list).items()).orElse(List.of());
    }

    private static List<Object> others(YamlMapping config, EntryKind kind) {
        return entries(config, kind).stream().filter(item -> !isOurs(item, kind)).map(KubeconfigCorpusTest::plain)
                .toList();
    }

    private static Map<String, Object> ours(YamlMapping config, EntryKind kind) {
        var item = entries(config, kind).stream().filter(entry -> isOurs(entry, kind)).findFirst().orElseThrow();
        return plain((YamlMapping) ((YamlMapping) item).get(kind.bodyKey()).orElseThrow());
    }

    private static boolean isOurs(YamlNode item, EntryKind kind) {
        return Shape.name(item).equals(kind.name(ENTRY));
    }

    private static Object plain(YamlNode node) {
        return switch (node.resolved()) {
            case YamlScalar scalar when scalar.isText() -> scalar.text();
            case YamlScalar scalar -> scalar.type() + " " + scalar.text();
            case YamlSequence list -> list.items().stream().map(KubeconfigCorpusTest::plain).toList();
            case YamlMapping mapping -> plain(mapping);
            default -> throw new IllegalStateException(node.kind());
        };
    }

    private static Map<String, Object> plain(YamlMapping mapping) {
        var values = new HashMap<String, Object>();
        mapping.keys().forEach(key -> values.put(key.text(), plain(mapping.get(key.text()).orElseThrow())));
        return values;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
