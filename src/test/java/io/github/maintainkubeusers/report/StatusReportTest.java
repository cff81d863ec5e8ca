package io.github.maintainkubeusers.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.maintainkubeusers.account.AccountKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class StatusReportTest {
  private final StatusReport report = Somebody.report();

  @Test
  void theTableIsAsItWasAgreed() {
    assertThat(text(120, false)).isEqualTo(golden("status.txt"));
  }

  @Test
  void theWideTableIsAsItWasAgreed() {
    assertThat(text(120, true)).isEqualTo(golden("status-wide.txt"));
  }

  @Test
  void theJsonIsAsItWasAgreed() {
    assertThat(document().json() + "\n").isEqualTo(golden("status.json"));
  }

  @Test
  void theYamlSaysTheSameAsTheJson() {
    var yaml = new Load(LoadSettings.builder().build()).loadFromString(document().yaml());

    assertThat(JsonParser.parseString(new Gson().toJson(yaml)))
        .isEqualTo(JsonParser.parseString(document().json()));
    assertThat(document().yaml())
        .as("no reader takes it for a time")
        .contains("\nat: \"2026-11-22T03:50:14Z\"\n")
        .doesNotContain("*id");
  }

  @Test
  void noLineIsLongerThanTheTerminalAndNothingControlsIt() {
    int width = 150;
    List<AccountRow> shown =
        report.accounts().stream().filter(row -> !row.name().equals(Somebody.HOSTILE)).toList();
    assertThat(
            new StatusText(width, false, state -> state)
                .lines(report, shown).stream()
                    .dropWhile(line -> !line.startsWith("STATE"))
                    .toList())
        .hasSize(1 + shown.size())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width))
        .anySatisfy(line -> assertThat(line).hasSize(width).endsWith("..."));
    assertThat(text(120, true)).matches("[\n -~]+").contains("\\u{1b}[2J\\u{a}\\u{202e}");
  }

  @ParameterizedTest
  @EnumSource
  void everyConditionCanBeAskedFor(Condition condition) {
    var filter =
        new Filter(
            Set.of(),
            Set.of(Condition.parse(condition.label())),
            Optional.empty(),
            Optional.empty(),
            false);

    assertThat(filter.of(report))
        .isNotEmpty()
        .extracting(AccountRow::condition)
        .containsOnly(condition);
  }

  @Test
  void filtersByNameKindEndAndNeed() {
    var none = Filter.NONE;
    assertThat(none.of(report)).hasSameSizeAs(report.accounts());
    assertThat(
            names(
                new Filter(
                    Set.of("well", "alice"), Set.of(), Optional.empty(), Optional.empty(), false)))
        .containsExactlyInAnyOrder("well", "alice");
    assertThat(
            names(
                new Filter(
                    Set.of(), Set.of(), Optional.of(AccountKind.ADMIN), Optional.empty(), false)))
        .containsExactly("alice");
    assertThat(
            names(
                new Filter(
                    Set.of(), Set.of(), Optional.empty(), Optional.of(Duration.ofDays(41)), false)))
        .containsExactly("stale", "shared", "gone");
    assertThat(names(new Filter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), true)))
        .contains("leaked", "raised", "stale")
        .doesNotContain("well", "alice", "eager");
  }

  @Test
  void tellsWhichNamesNobodyHas() {
    assertThat(report.unknown(List.of("well", "nobody"))).containsExactly("nobody");
    assertThatThrownBy(() -> Condition.parse("unwell"))
        .hasMessageContaining("expired, held, removal-refused");
  }

  @Test
  void theSchemaIsDocumented() throws IOException {
    String schema = Files.readString(Path.of("docs/status.md"));
    var keys = new TreeSet<String>();
    collect(JsonParser.parseString(document().json()), "", keys);

    assertThat(keys).allSatisfy(key -> assertThat(schema).contains("| `" + key + "` |"));
    assertThat(Condition.values())
        .allSatisfy(condition -> assertThat(schema).contains("| `" + condition.label() + "` |"));
  }

  static void collect(JsonElement element, String path, Set<String> keys) {
    if (element.isJsonObject() && !path.equals("summary.states")) {
      element
          .getAsJsonObject()
          .entrySet()
          .forEach(
              entry -> {
                String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                keys.add(key);
                collect(entry.getValue(), key, keys);
              });
    } else if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(item -> collect(item, path + "[]", keys));
    }
  }

  private List<String> names(Filter filter) {
    return filter.of(report).stream().map(AccountRow::name).toList();
  }

  private Document document() {
    return StatusDocument.of(report, report.accounts());
  }

  private String text(int width, boolean wide) {
    return String.join(
            "\n", new StatusText(width, wide, state -> state).lines(report, report.accounts()))
        + "\n";
  }

  static String golden(String name) {
    try (var in = StatusReportTest.class.getResourceAsStream("/report/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
