package io.github.maintainkubeusers.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlLimits;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlScalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreesTest {
  private static final String TEXT =
      """
      count: 3
      half: 0.5
      yes: true
      quoted: "3"
      disputed: on
      nothing: null
      list: [1, {a: b}]
      again: &x {c: 1}
      alias: *x
      """;

  @Test
  void haveWhatJsonHas() {
    assertThat(Trees.of(mapping()))
        .containsEntry("count", new BigDecimal("3"))
        .containsEntry("half", new BigDecimal("0.5"))
        .containsEntry("yes", true)
        .containsEntry("quoted", "3")
        .containsEntry("disputed", "on")
        .doesNotContainKey("nothing")
        .containsEntry("list", List.of(new BigDecimal("1"), Map.of("a", "b")))
        .containsEntry("alias", Map.of("c", new BigDecimal("1")));
  }

  @Test
  void keepNumbersAsTheyAreWrittenWhereTheyAreAmounts() {
    assertThat(Trees.withoutNumbers(mapping()))
        .containsEntry("count", "3")
        .containsEntry("half", "0.5")
        .containsEntry("yes", true);
  }

  @Test
  void nearestIsAsFarAsThePathLeads() {
    YamlMapping mapping = mapping();
    assertThat(Trees.nearest(mapping, List.of("list", "1", "a")))
        .isInstanceOfSatisfying(
            YamlScalar.class, scalar -> assertThat(scalar.text()).isEqualTo("b"));
    assertThat(Trees.nearest(mapping, List.of("list", "9", "a")))
        .isSameAs(mapping.get("list").orElseThrow());
    assertThat(Trees.nearest(mapping, List.of("odd"))).isSameAs(mapping);
  }

  private static YamlMapping mapping() {
    return (YamlMapping)
        YamlDocument.parse(TEXT.getBytes(UTF_8), YamlLimits.ofBytes(1000)).root().orElseThrow();
  }
}
