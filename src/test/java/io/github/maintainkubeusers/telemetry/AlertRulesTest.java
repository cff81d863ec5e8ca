package io.github.maintainkubeusers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/**
 * Alerts fire when they should, and not when they should not, as Prometheus' own tool reads them.
 */
class AlertRulesTest {
  private static final Path CASES = Path.of("src/test/resources/alerts-test.yaml");
  private static final Path DOCUMENT = Path.of("docs/alerts.md");

  @TempDir Path folder;

  @Test
  void areWhatPrometheusTakesAndFireInEachCase() throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .map(Path::of)
            .anyMatch(place -> Files.isExecutable(place.resolve("promtool"))),
        "promtool is not installed");
    Files.writeString(
        folder.resolve("rules.yaml"),
        new Dump(DumpSettings.builder().build()).dumpToString(Queries.spec()));
    Files.copy(CASES, folder.resolve("cases.yaml"));

    promtool("check", "rules", "rules.yaml");
    promtool("test", "rules", "cases.yaml");
  }

  @Test
  void eachHasACaseInWhichItFires() {
    String cases = Queries.read(CASES);
    assertThat(Queries.alerts().keySet())
        .hasSizeGreaterThan(10)
        .allMatch(
            alert ->
                cases.contains("alertname: " + alert + "\n      exp_alerts:\n      - exp_labels"));
  }

  @Test
  void eachSaysWhereItIsExplainedAndIsExplainedThere() {
    String document = Queries.read(DOCUMENT);
    Queries.alerts()
        .forEach(
            (name, alert) -> {
              var annotations = (Map<?, ?>) alert.get("annotations");
              assertThat(annotations.get("runbook_url"))
                  .isEqualTo("docs/alerts.md#" + name.toLowerCase(Locale.ROOT));
              assertThat(annotations.get("summary")).isNotNull();
              assertThat(((Map<?, ?>) alert.get("labels")).get("severity"))
                  .isIn("critical", "warning");
              assertThat(document)
                  .contains("\n## " + name + "\n\n*Means:*")
                  .containsPattern(
                      "(?s)\n## " + name + "\n\n\\*Means:\\*(?:(?!\n## ).)*\n\n\\*Do:\\* ");
            });
  }

  @Test
  void noneIsExplainedThatDoesNotExist() {
    assertThat(
            Queries.read(DOCUMENT)
                .lines()
                .filter(line -> line.startsWith("## MaintainKubeusers"))
                .map(line -> line.substring(3))
                .toList())
        .containsExactlyElementsOf(Queries.alerts().keySet());
  }

  private void promtool(String... arguments) throws IOException, InterruptedException {
    var command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
