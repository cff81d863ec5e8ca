package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("team", "data", "maintain-kubeusers/service", "prometheus", "empty", "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "team=data",
        "team==data",
        "team!=web",
        "tier!=1",
        "team",
        "!tier",
        "empty=",
        "maintain-kubeusers/service=prometheus, team"
      })
  void matches(String selector) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"team=web", "team!=data", "tier", "!team", "team=data,tier", "team="})
  void doesNotMatch(String selector) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "team=data,", "team in (data)", "a=b=c", "=x", "team>1"})
  void isRefused(String selector) {
    assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(selector));
  }
}
