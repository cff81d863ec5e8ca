package io.github.maintainkubeusers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.certificates.CertificateKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dashboard and alerts ask for what there is. */
class QueriesTest {
  private static final Pattern SELECTOR =
      Pattern.compile("(maintain_kubeusers_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");

  static Stream<Map.Entry<String, String>> queries() {
    return Stream.concat(
        Queries.ofDashboard().entrySet().stream(), Queries.ofAlerts().entrySet().stream());
  }

  @ParameterizedTest
  @MethodSource("queries")
  void nameMetricsAndLabelsThatExist(Map.Entry<String, String> query) {
    Map<String, Set<String>> series = series();
    var labels = new HashSet<String>();
    SELECTOR
        .matcher(query.getValue())
        .results()
        .forEach(
            selector -> {
              assertThat(series).as(query.toString()).containsKey(selector.group(1));
              labels.addAll(series.get(selector.group(1)));
              if (selector.group(2) != null) {
                MATCHER
                    .matcher(selector.group(2))
                    .results()
                    .forEach(
                        matcher ->
                            assertThat(series.get(selector.group(1)))
                                .as(query.toString())
                                .contains(matcher.group(1)));
              }
            });
    assertThat(query.getValue()).contains("maintain_kubeusers_");
    GROUPING
        .matcher(query.getValue())
        .results()
        .flatMap(grouping -> Stream.of(grouping.group(1).split(",", -1)))
        .forEach(label -> assertThat(labels).as(query.toString()).contains(label.strip()));
  }

  @Test
  void nameValuesOfLabelsThatExist() {
    try (var t = new TestingTelemetry()) {
      t.provisioned(AccountId.tool("x"), TestingTelemetry.NOW);
      t.finished(Map.of());
      t.leads.set(true);
      t.telemetry.showCertificates(Map.of(CertificateKind.SERVICE, List.of()));
      String scrape = t.scrape();
      var checked = new ArrayList<String>();
      queries()
          .flatMap(query -> MATCHER.matcher(query.getValue()).results())
          .filter(matcher -> matcher.group(3).matches("[a-z|-]+"))
          .flatMap(
              matcher ->
                  Stream.of(matcher.group(3).split("\\|", -1))
                      .map(value -> matcher.group(1) + "=\"" + value + "\""))
          .forEach(
              pair -> {
                assertThat(scrape).contains(pair);
                checked.add(pair);
              });
      assertThat(checked).contains("fault=\"system\"", "outcome=\"failed\"");
    }
  }

  @Test
  void leaveNoMetricUnseen() {
    String all = queries().map(Map.Entry::getValue).reduce("", String::concat);
    assertThat(Metric.values()).allMatch(metric -> all.contains(metric.fullName()));
  }

  @Test
  void theTestsOwnSeriesAreThoseOfTheRegistry() {
    try (var t = new TestingTelemetry()) {
      t.provisioned(AccountId.tool("x"), TestingTelemetry.NOW);
      t.directoryHas();
      t.finished(Map.of());
      assertThat(
              SELECTOR
                  .matcher(t.scrape())
                  .results()
                  .map(found -> found.group(1))
                  .distinct()
                  .toList())
          .allMatch(
              name ->
                  series().containsKey(name)
                      || Stream.of(Metric.values())
                          .anyMatch(metric -> metric.fullName().equals(name)));
      assertThat(t.scrape()).contains("state=\"" + AccountState.ACTIVE.label() + "\"");
    }
  }

  /** What Prometheus has of each metric, with the labels. */
  private static Map<String, Set<String>> series() {
    var series = new HashMap<String, Set<String>>();
    for (Metric metric : Metric.values()) {
      var labels = Set.copyOf(metric.labels());
      List<String> suffixes =
          switch (metric.type()) {
            case COUNTER, GAUGE -> List.of("");
            case SUMMARY -> List.of("_sum", "_count");
            case HISTOGRAM -> List.of("_sum", "_count");
          };
      suffixes.forEach(suffix -> series.put(metric.fullName() + suffix, labels));
      if (metric.type() == Metric.Type.HISTOGRAM) {
        var bucket = new HashSet<>(labels);
        bucket.add("le");
        series.put(metric.fullName() + "_bucket", bucket);
      }
    }
    return series;
  }
}
