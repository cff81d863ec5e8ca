package io.github.maintainkubeusers.telemetry;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document says what the program does. */
class MetricsDocumentTest {
  private static final String DOCUMENT = Queries.read(Path.of("docs/metrics.md"));

  @Test
  void hasARowForEachMetricAndNoOther() {
    assertThat(rowsBelow("| metric |"))
        .containsExactlyElementsOf(
            Stream.of(Metric.values()).map(MetricsDocumentTest::row).toList());
  }

  @Test
  void hasARowForEachKindOfEventAndNoOther() {
    assertThat(
            DOCUMENT
                .lines()
                .filter(line -> line.matches("\\| `[A-Z]\\w+` \\| (Normal|Warning) \\|.*"))
                .map(line -> line.replaceAll("^(\\| `\\w+` \\| \\w+ \\|).*", "$1"))
                .toList())
        .containsExactlyElementsOf(
            Stream.of(EventKind.values())
                .map(
                    kind ->
                        "| `"
                            + kind.reason()
                            + "` | "
                            + (kind.isWarning() ? "Warning" : "Normal")
                            + " |")
                .toList());
  }

  @Test
  void theControllerMayWriteEachKindOfEvent() {
    String rules = Queries.read(Path.of("manifests/base/rbac.yaml"));
    assertThat(EventKind.values()).allMatch(kind -> rules.contains(kind.objectName()));
  }

  private static List<String> rowsBelow(String head) {
    return DOCUMENT
        .lines()
        .dropWhile(line -> !line.startsWith(head))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }

  private static String row(Metric metric) {
    return "| `"
        + metric.fullName().substring("maintain_kubeusers_".length())
        + "` | "
        + metric.type().name().toLowerCase(Locale.ROOT)
        + " | "
        + metric.labels().stream().map(label -> "`" + label + "`").collect(joining(", "))
        + " | "
        + metric.help()
        + " |";
  }
}
