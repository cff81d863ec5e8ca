package io.github.maintainkubeusers.app;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.certificates.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of faults in docs/certificates.md. Each fault is seeded, and the page says what is
 * found.
 */
class FaultTableTest {
  private static final Path PAGE = Path.of("docs/certificates.md");
  private static final String HEADING = "## What is judged";
  private static final int AT_LEAST = 30;

  /** Words of the page that stand for others. */
  private static final Pattern GAP = Pattern.compile("\\.\\.\\.");

  @TempDir private Path folder;

  /**
   * @param problem with "..." in place of names and times
   */
  private record Row(String fault, String state, String problem, String remedy) {
    static Row of(String line) {
      List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
      return new Row(cells.get(1), cells.get(2).replace("`", ""), cells.get(3), cells.get(4));
    }
  }

  @Test
  void eachFaultIsFoundAsThePageSays() throws IOException {
    var found = new TreeMap<String, Finding>();
    try (var servers = new ServerFaults(folder)) {
      Stream.of(CertificateFaults.all(), StoredFaults.all(), ClusterFaults.all(), servers.all())
          .flatMap(faults -> faults)
          .forEach(
              fault ->
                  assertThat(found.put(fault.name(), fault.found().orElseThrow()))
                      .as(fault.name() + " is seeded once")
                      .isNull());
    }
    List<Row> rows = rows();

    assertThat(rows).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    assertThat(rows).extracting(Row::fault).containsExactlyInAnyOrderElementsOf(found.keySet());
    var softly = new SoftAssertions();
    for (Row row : rows) {
      Finding finding = found.get(row.fault());
      softly.assertThat(finding.state().label()).as(row.fault()).isEqualTo(row.state());
      softly.assertThat(finding.problem()).as(row.fault()).containsPattern(pattern(row.problem()));
      softly.assertThat(finding.remedy()).as(row.fault()).containsPattern(pattern(row.remedy()));
    }
    softly.assertAll();
  }

  private static String pattern(String cell) {
    return GAP.splitAsStream(cell).map(Pattern::quote).collect(joining(".+"));
  }

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.equals(HEADING))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(Row::of)
        .toList();
  }
}
