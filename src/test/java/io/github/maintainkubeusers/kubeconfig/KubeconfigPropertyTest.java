package io.github.maintainkubeusers.kubeconfig;

import static io.github.maintainkubeusers.kubeconfig.TestingEntries.tool;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Kubeconfigs put together at random from parts in all the styles that people use. */
class KubeconfigPropertyTest {
  private static final KubeconfigEntry ENTRY = tool("fourohfour");

  @Property(tries = 300)
  void mergesOnce(@ForAll("kubeconfigs") String text) {
    byte[] merged = Kubeconfig.merge(text.getBytes(UTF_8), ENTRY);

    assertThat(Kubeconfig.merge(merged, ENTRY)).isSameAs(merged);
  }

  @Property(tries = 300)
  void keepsEveryLineThatIsNotOurs(@ForAll("kubeconfigs") String text) {
    byte[] merged = Kubeconfig.merge(text.getBytes(UTF_8), ENTRY);

    assertThat(kept(new String(merged, UTF_8))).isEqualTo(kept(text));
  }

  @Property(tries = 300)
  void changesOnlyOurEntries(@ForAll("kubeconfigs") String text) {
    var before = TestingView.of(text.getBytes(UTF_8), ENTRY);
    var after = TestingView.of(Kubeconfig.merge(text.getBytes(UTF_8), ENTRY), ENTRY);

    for (EntryKind kind : EntryKind.all()) {
      assertThat(after.others(kind)).isEqualTo(before.others(kind));
      assertThat(after.ours(kind)).hasSize(1);
    }
    assertThat(after.rest()).isEqualTo(before.rest());
  }

  private static List<String> kept(String text) {
    return text.lines().filter(line -> line.contains("keep")).toList();
  }

  @Provide
  Arbitrary<String> kubeconfigs() {
    return Combinators.combine(
            section("clusters", "cluster", "toolforge"),
            section("contexts", "context", "toolforge"),
            section("users", "user", "tf-fourohfour"),
            noise(),
            Arbitraries.of("\n", "\r\n"))
        .as(
            (clusters, contexts, users, noise, newline) ->
                (noise
                        + "apiVersion: v1\nkind: Config\n"
                        + clusters
                        + noise
                        + contexts
                        + users
                        + noise)
                    .replace("\n", newline));
  }

  private static Arbitrary<String> section(String list, String body, String ours) {
    var names = Arbitraries.of(ours, ours, "a", "b", "\"c d\"", "'größe'", "yes-1");
    var item =
        Combinators.combine(
                names, Arbitraries.of(bodies()), Arbitraries.of(Style.values()), noise())
            .as((name, value, style, noise) -> noise + style.item(name, body, value));
    var items = item.list().ofMaxSize(4).map(all -> list + ":   # keep\n" + String.join("", all));
    return Arbitraries.oneOf(
        items, Arbitraries.of("", list + ": []\n", list + ": null\n", list + ":\n"));
  }

  private static List<List<String>> bodies() {
    return List.of(
        List.of("server: https://x", "token: t"),
        List.of("token: \"a: b\"", "x: [1, {y: z}]"),
        List.of("certificate-authority: /x   ", "namespace: mine"),
        List.of("exec: {command: x}"),
        List.of(
            "user: u", "insecure-skip-tls-verify: true", "extensions: []", "password: 'it''s'"));
  }

  private static Arbitrary<String> noise() {
    return Arbitraries.of("", "", "\n", "# keep: - [ { \"\n", "    # keep\n\n", "\n# keep\n\n");
  }

  private enum Style {
    BLOCK {
      @Override
      String item(String name, String body, List<String> fields) {
        return "- name: "
            + name
            + "   # c\n  "
            + body
            + ":\n    "
            + String.join("\n    ", fields)
            + "\n";
      }
    },
    NAME_LAST {
      @Override
      String item(String name, String body, List<String> fields) {
        return "- "
            + body
            + ":\n      "
            + String.join("\n      ", fields)
            + "   # c\n  name: "
            + name
            + "\n";
      }
    },
    WIDE {
      @Override
      String item(String name, String body, List<String> fields) {
        return "-\n    name: "
            + name
            + "\n\n    "
            + body
            + ":\n\n      "
            + String.join("\n\n      ", fields)
            + "\n";
      }
    },
    FLOW {
      @Override
      String item(String name, String body, List<String> fields) {
        return "- {name: " + name + ", " + body + ": {" + String.join(", ", fields) + "}}   # c\n";
      }
    },
    FLOW_BODY {
      @Override
      String item(String name, String body, List<String> fields) {
        return "- name: "
            + name
            + "\n  "
            + body
            + ": {\n    "
            + String.join(",\n    ", fields)
            + "\n  }\n";
      }
    };

    abstract String item(String name, String body, List<String> fields);
  }
}
