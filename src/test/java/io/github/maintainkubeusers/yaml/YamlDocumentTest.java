package io.github.maintainkubeusers.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {
  private static final YamlLimits LIMITS = YamlLimits.ofBytes(10_000);

  @Test
  void keepsTheBytesWhenNothingIsChanged() {
    byte[] bytes = "a: 1 \n".getBytes(UTF_8);

    assertThat(YamlDocument.parse(bytes, LIMITS).emit()).isSameAs(bytes);
  }

  @Test
  void keepsTheBytesWhenTheMeaningIsTheSame() {
    byte[] bytes = "a: &x {b: c}\nd: *x\n".getBytes(UTF_8);
    var document = YamlDocument.parse(bytes, LIMITS);
    var mapping = (YamlMapping) document.root().orElseThrow();
    var shared = document.unshared(() -> (YamlMapping) mapping.get("d").orElseThrow());

    assertThat(shared.put("b", "c")).isNotSameAs(mapping.get("a").orElseThrow());
    assertThat(document.emit()).isSameAs(bytes);
  }

  @Test
  void findsNothingInAnEmptyDocument() {
    for (String text : new String[] {"", "\n", "# a\n", "---\n", "--- # a\n...\n", "\uFEFF"}) {
      assertThat(YamlDocument.parse(text.getBytes(UTF_8), LIMITS).root()).as(text).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a: b # c;a: new # c",
        "a: 'b';a: 'new'",
        "a: \"b\";a: \"new\"",
        "a: # c;a: new # c",
        "a:;a: new",
        "a: null;a: new",
        "a: [b, c] # d;a: new # d",
        "{a: b};{a: \"new\"}",
        "{a: };{a: \"new\" }",
        "{};{\"a\": \"new\"}",
        "{ };{ \"a\": \"new\"}",
        "{b: c,};{b: c, \"a\": \"new\",}",
        "b: c # d;b: c # d~a: new",
        "a: new;a: new",
        "a: \"n\\x65w\";a: \"n\\x65w\"",
        "x: &x 1~a: *x~b: *x;x: &x 1~a: new~b: *x",
        "a: &x 1~b: *x;a: new~b: 1",
        "a: |-~  b~# c;a: new~# c"
      })
  void setsTexts(String before, String after) {
    assertThat(edited(lines(before), mapping -> mapping.put("a", "new"))).isEqualTo(lines(after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a: 1~b: 2;b: 2",
        "b: 2~a: 1 # x;b: 2",
        "b: 2~# x~a:~  c: 1~  # y~# z;b: 2~# x~  # y~# z",
        "a: 1;{}",
        "{a: 1, b: 2};{b: 2}",
        "{b: 2, a: 1};{b: 2}",
        "{b: 2, a: 1, };{b: 2, }",
        "{a: 1};{}",
        "a: &x 1~b: *x;b: 1",
        "b: 2;b: 2"
      })
  void removesEntries(String before, String after) {
    assertThat(edited(lines(before), mapping -> mapping.remove("a")).strip())
        .isEqualTo(lines(after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a:~- 1 # x~b: 2;a:~- 1 # x~- new~b: 2",
        "a:~  - 1~  # x;a:~  - 1~  - new~  # x",
        "a: [1] # x;a: [1, \"new\"] # x",
        "a: [];a: [\"new\"]",
        "a: [~  1~];a: [~  1,~  \"new\"~]"
      })
  void appendsToLists(String before, String after) {
    assertThat(edited(lines(before), mapping -> list(mapping).append(YamlScalar.text("new"))))
        .isEqualTo(lines(after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a:~- 1~- 2 # x~- 3;a:~- 1~- 3",
        "a:~- - 1~- - 2~  - 3;a:~- - 1",
        "a: [1, 2, 3];a: [1, 3]",
        "a: [1, 2];a: [1]"
      })
  void removesFromLists(String before, String after) {
    assertThat(edited(lines(before), mapping -> list(mapping).remove(1))).isEqualTo(lines(after));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "~",
        "null",
        "yes",
        "No",
        "on",
        "OFF",
        "y",
        "true",
        "0777",
        "0o17",
        "1e3",
        "1_000",
        "12:30",
        ".5",
        ".inf",
        "0x1F",
        "<<",
        "=",
        "-",
        "- a",
        "a: b",
        "a #b",
        " a",
        "a ",
        "#a",
        "&a",
        "*a",
        "!a",
        "|",
        "%a",
        "@a",
        "`a",
        "\"a",
        "'a",
        "a\nb",
        "a\tb",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\u0007",
        "größe",
        "😀",
        "2001-01-01",
        "[a",
        "{a",
        "a:",
        "---",
        "...",
        "?"
      })
  void writesTextsThatAreReadAsTexts(String text) {
    for (String before : new String[] {"a: x\n", "a: 'x'\n", "a: \"x\"\n", "{a: x}\n"}) {
      var after = edited(before, mapping -> mapping.put("a", text));
      var read =
          (YamlScalar) ((YamlMapping) parse(after).root().orElseThrow()).get("a").orElseThrow();

      assertThat(read.text()).isEqualTo(text);
      assertThat(read.isText()).as(after).isTrue();
    }
  }

  @Test
  void leavesWordsAndPathsWithoutQuotes() {
    for (String text :
        new String[] {
          "toolforge",
          "tf-a.b",
          "../.toolskube/client.crt",
          "/a/b",
          "https://k8s:6443",
          "LS0tLS1+/A=="
        }) {
      assertThat(edited("a: x", mapping -> mapping.put("a", text))).isEqualTo("a: " + text);
    }
  }

  @Test
  void doesNotFoldLongTexts() {
    assertThat(edited("b: c\n", mapping -> mapping.put("a", "QUFB".repeat(2000))).lines())
        .hasSize(2);
  }

  /** Whatever pairs of surrogates stand where the parser's buffer ends. */
  @Test
  void readsTextsOfSurrogatePairs() {
    for (String shift : new String[] {"", " "}) {
      var text = "a: " + shift + "\uD83D\uDE00".repeat(2000) + "\nb: c\n";

      assertThat(edited(text, mapping -> mapping.put("b", "new")))
          .isEqualTo(text.replace("b: c", "b: new"));
    }
  }

  @Test
  void refusesToGrowBeyondTheLimit() {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> edited("b: c\n", mapping -> mapping.put("a", "QUFB".repeat(3000))))
        .withMessage("line 1, column 1: with the changes the file is larger than 10000 bytes");
  }

  @Test
  void endsSharingBeforeAnEdit() {
    var document = parse("a: &x {k: 1}\nb: *x\nc: [*x]\n");
    var root = (YamlMapping) document.root().orElseThrow();
    var shared = document.unshared(() -> (YamlMapping) root.get("b").orElseThrow()).put("k", "new");

    assertThat(shared.keys()).hasSize(1);
    assertThat(new String(document.emit(), UTF_8))
        .isEqualTo("a: &x {k: 1}\nb: {\"k\": \"new\"}\nc: [{\"k\": 1}]\n");
  }

  private static YamlSequence list(YamlMapping mapping) {
    return (YamlSequence) mapping.get("a").orElseThrow();
  }

  private static String edited(String text, Consumer<YamlMapping> edit) {
    var document = parse(text);
    edit.accept((YamlMapping) document.root().orElseThrow());
    return new String(document.emit(), UTF_8);
  }

  private static YamlDocument parse(String text) {
    return YamlDocument.parse(text.getBytes(UTF_8), LIMITS);
  }

  private static String lines(String text) {
    return text.replace('~', '\n');
  }
}
