package io.github.maintainkubeusers.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
  private static final Map<String, String> VALUES = Placeholders.of(AccountId.tool("wikibot"));

  @Test
  void areFilledWhereverTheyStandInTexts() {
    Map<String, Object> tree =
        Map.of(
            "a", "$(name) in $(namespace)", "b", List.of(Map.of("c", "x-$(name)"), 7), "d", true);

    assertThat(Placeholders.fill(tree, VALUES))
        .isEqualTo(
            Map.of(
                "a",
                "wikibot in tool-wikibot",
                "b",
                List.of(Map.of("c", "x-wikibot"), 7),
                "d",
                true));
  }

  /** A value is text, whatever it looks like: neither a group of a pattern nor filled again. */
  @Test
  void putInWhatTheValueIsAndNothingElse() {
    assertThat(Placeholders.fill("$(name)", Map.of("name", "$1\\$(namespace)")))
        .isEqualTo("$1\\$(namespace)");
  }

  @Test
  void whatIsKnownToNobodyStaysAndIsNamed() {
    assertThat(Placeholders.fill("$(odd) $name $(name", VALUES)).isEqualTo("$(odd) $name $(name");
    assertThat(Placeholders.unknownIn("$(odd) $(name) $()")).containsExactly("", "odd");
  }

  @Test
  void aTreeWithoutAnyIsHandedOnAsItIs() {
    Map<String, Object> tree = Map.of("a", List.of("b"));

    assertThat(Placeholders.fill(tree, VALUES)).isSameAs(tree);
  }
}
