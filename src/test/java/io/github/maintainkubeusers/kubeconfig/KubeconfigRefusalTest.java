package io.github.maintainkubeusers.kubeconfig;

import static io.github.maintainkubeusers.kubeconfig.TestingEntries.tool;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that are left alone. The word PLANTED stands where a token could; it must never be seen.
 */
class KubeconfigRefusalTest {
  private static final String USER = "users:\n- name: me\n  user:\n    token: ";

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("PLANTED", 1, 1, "the file is text, not a mapping"),
        arguments("- PLANTED", 1, 1, "the file is a list, not a mapping"),
        arguments("kind: PLANTED", 1, 7, "kind is not Config"),
        arguments("kind: [PLANTED]", 1, 7, "kind is not Config"),
        arguments("apiVersion: PLANTED/v2", 1, 13, "apiVersion is not v1"),
        arguments("clusters: PLANTED", 1, 11, "clusters is text, not a list"),
        arguments("contexts: {a: PLANTED}", 1, 11, "contexts is a mapping, not a list"),
        arguments("users: [PLANTED]", 1, 9, "an entry of users is text, not a mapping"),
        arguments("users: [{user: {token: PLANTED}}]", 1, 9, "an entry of users has no name"),
        arguments(
            "users: [{name: [PLANTED]}]",
            1,
            16,
            "the name of an entry of users is a list, not text"),
        arguments(
            "users: [{name: 123}]", 1, 16, "the name of an entry of users is a number, not text"),
        arguments("users: [{name: ~}]", 1, 16, "the name of an entry of users is null, not text"),
        arguments("users: [{name: a, user: PLANTED}]", 1, 25, "user is text, not a mapping"),
        arguments(
            "clusters: [{name: a, cluster: [PLANTED]}]", 1, 31, "cluster is a list, not a mapping"),
        arguments("current-context: [PLANTED]", 1, 18, "current-context is a list, not text"),
        arguments("x: &x {a: PLANTED}\n<<: *x", 2, 1, "merge keys are not supported here"),
        arguments("---\n---\nb: PLANTED", 2, 1, "found a second document, only one is allowed"),
        arguments(
            USER + "PLANTED\nusers: []",
            5,
            1,
            "duplicate key \"users\", the first is at line 1, column 1"),
        arguments(
            USER + "PLANTED\n    token: PLANTED",
            5,
            5,
            "duplicate key \"token\", the first is at line 4, column 5"),
        arguments(USER + "*PLANTED", 4, 12, "found an alias without an anchor before it"),
        arguments(USER + "&PLANTED [*PLANTED]", 4, 22, "found an alias within what it stands for"),
        arguments(
            USER + "!!java.net.URL [PLANTED]",
            4,
            12,
            "found a tag other than those of the core schema"
                + " (str, int, float, bool, null, map, seq)"),
        arguments(
            USER + "!PLANTED x",
            4,
            12,
            "found a tag other than those of the core schema"
                + " (str, int, float, bool, null, map, seq)"),
        arguments(USER + "!PLANTED!x y", 4, 12, "found undefined tag handle"),
        arguments(USER + "!<PLANTED x", 4, 21, "not well-formed YAML"),
        arguments(USER + "@PLANTED", 4, 12, "found a character that cannot start a value"),
        arguments(
            USER + "\tPLANTED", 4, 12, "found a tab where indentation or a value is expected"),
        arguments(USER + "\"PLANTED\\q\"", 4, 21, "found unknown escape character"),
        arguments(USER + "\"PLANTED", 4, 20, "found unexpected end of stream"),
        arguments(USER + "PLANTED: PLANTED: x", 4, 19, "mapping values are not allowed here"),
        arguments(USER + "PLANTED\n   PLANTED: PLANTED", 5, 4, "expected <block end>"),
        arguments(USER + "[PLANTED\nx: 1", 5, 2, "expected ',' or ']'"),
        arguments(USER + "{PLANTED: PLANTED", 4, 29, "expected ',' or '}'"),
        arguments(USER + "PLANTED\nPLANTED", 5, 8, "could not find expected ':'"),
        arguments(USER + "|PLANTED\n", 4, 13, "expected chomping or indentation indicators"),
        arguments(USER + "PLANTED\u0007", 4, 19, "found a control character"),
        arguments("? {a: PLANTED}\n: b", 1, 3, "found a key that is not a scalar"),
        arguments("%YAML 1.2\n%YAML 1.2\n---\nx: PLANTED", 2, 1, "found duplicate YAML directive"),
        arguments("%PLANTED\n", 2, 1, "expected '<document start>'"),
        arguments("PLANTED: x\nPLANTED", 2, 8, "could not find expected ':'"),
        arguments("[".repeat(10_000), 1, 51, "mappings and lists are nested deeper than 50"),
        arguments(
            "x:\n" + "- ".repeat(1000) + "PLANTED",
            2,
            99,
            "mappings and lists are nested deeper than 50"),
        arguments("{x: ".repeat(100_000), 1, 201, "mappings and lists are nested deeper than 50"),
        arguments(billionLaughs(), 7, 10, "found more than 20000 nodes, with those of aliases"),
        arguments(
            "x: [" + "PLANTED,".repeat(20_000) + "]",
            1,
            159_981,
            "found more than 20000 nodes, with those of aliases"),
        arguments(
            "x: &x PLANTED\ny: [" + "*x , ".repeat(51) + "]", 2, 255, "found more than 50 aliases"),
        arguments(
            "x: " + "PLANTED".repeat(200_000), 1, 1, "the file is larger than 1048576 bytes"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysWhatIsWrongAndWhere(String text, int line, int column, String reason) {
    var e = refusal(text.getBytes(UTF_8));

    assertThat(e.line() + ":" + e.column() + ": " + e.reason())
        .isEqualTo(line + ":" + column + ": " + reason);
    assertThat(e)
        .hasMessage(
            "could not read the kubeconfig: line " + line + ", column " + column + ": " + reason);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void neverShowsContent(String text, int line, int column, String reason) {
    var shown = new StringWriter();
    refusal(text.getBytes(UTF_8)).printStackTrace(new PrintWriter(shown));

    assertThat(shown.toString()).doesNotContain("PLANTED").contains(reason);
    assertThat(line).isPositive();
    assertThat(column).isPositive();
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThat(refusal("kind: Config\nx: \u00e4".getBytes(ISO_8859_1)))
        .hasMessage("could not read the kubeconfig: line 2, column 1: the file is not UTF-8");
    assertThat(refusal("kind: Config\n".getBytes(UTF_16)).reason())
        .isEqualTo("the file is not UTF-8");
    assertThat(refusal(new byte[] {'a', ':', ' ', (byte) 0xe2, (byte) 0x82}).reason())
        .isEqualTo("the file is not UTF-8");
    assertThat(refusal(new byte[] {0, 1, 2, 3}).reason()).isEqualTo("found a control character");
  }

  private static KubeconfigException refusal(byte[] existing) {
    return catchThrowableOfType(
        KubeconfigException.class,
        () -> {
          var ignored = Kubeconfig.merge(existing, tool("fourohfour"));
        });
  }

  private static String billionLaughs() {
    var text = new StringBuilder("x0: &x0 [PLANTED, PLANTED]\n");
    IntStream.rangeClosed(1, 9)
        .forEach(
            i ->
                text.append(
                    "x" + i + ": &x" + i + " [" + "*x%d , ".formatted(i - 1).repeat(5) + "]\n"));
    return text.toString();
  }
}
