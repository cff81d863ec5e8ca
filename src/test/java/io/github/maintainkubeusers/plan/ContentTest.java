package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1000m",
    "2, 2.0",
    "6Gi, 6442450944",
    "1e3, 1k",
    "0.5, 500m",
    "1E, 1e18",
    "1500u, 1.5m",
    "+3, 3",
    "100Mi, 104857600",
    "1E3, 1000"
  })
  void isTheSameForAmountsThatAreTheSame(String one, String other) {
    assertThat(quota(Map.of("pods", one))).isEqualTo(quota(Map.of("pods", other)));
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "1Mi, 1M", "1m, 1", "1E, 1e3"})
  void isAnotherForOtherAmounts(String one, String other) {
    assertThat(quota(Map.of("pods", one))).isNotEqualTo(quota(Map.of("pods", other)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ten", "", "-1", "1 Gi", "1gi", "1e", "1e999", "0x10", "NaN", "1_000"})
  void namesTheAmountThatIsNone(String text) {
    assertThatExceptionOfType(InvalidContentException.class)
        .isThrownBy(() -> quota(Map.of("pods", text)))
        .satisfies(e -> assertThat(e.path()).containsExactly("spec", "hard", "pods"));
  }

  @Test
  void namesThePlaceInAListOfLimits() {
    assertThatExceptionOfType(InvalidContentException.class)
        .isThrownBy(
            () ->
                limits(
                    Map.of("type", "Pod"), Map.of("type", "Container", "max", Map.of("cpu", "x"))))
        .satisfies(e -> assertThat(e.path()).containsExactly("spec", "limits", "1", "max", "cpu"));
  }

  @Test
  void derivesTheLimitsOfContainersAsTheApiServerDoes() {
    assertThat(
            limits(
                Map.of(
                    "type", "Container", "max", Map.of("cpu", 1), "min", Map.of("memory", "1Mi"))))
        .isEqualTo(
            limits(
                Map.of(
                    "type",
                    "Container",
                    "max",
                    Map.of("cpu", "1"),
                    "min",
                    Map.of("memory", "1Mi"),
                    "default",
                    Map.of("cpu", "1000m"),
                    "defaultRequest",
                    Map.of("cpu", "1", "memory", "1024Ki"))))
        .isNotEqualTo(limits(Map.of("type", "Container", "max", Map.of("cpu", 1))));
    assertThat(limits(Map.of("type", "Pod", "max", Map.of("cpu", 1))))
        .isNotEqualTo(
            limits(Map.of("type", "Pod", "max", Map.of("cpu", 1), "default", Map.of("cpu", 1))));
  }

  @Test
  void tellsSelectorsThatSelectEverythingFromNone() {
    assertThat(
            policy(
                Map.of(
                    "ingress", List.of(Map.of("from", List.of(Map.of("podSelector", Map.of())))))))
        .isNotEqualTo(
            policy(
                Map.of(
                    "ingress",
                    List.of(Map.of("from", List.of(Map.of("namespaceSelector", Map.of())))))))
        .isEqualTo(
            policy(
                Map.of(
                    "policyTypes",
                    List.of("Ingress"),
                    "egress",
                    List.of(),
                    "ingress",
                    List.of(
                        Map.of(
                            "ports",
                            List.of(),
                            "from",
                            List.of(Map.of("podSelector", Map.of("matchLabels", Map.of()))))))));
  }

  @Test
  void fillsInTheDefaultsOfNetworkPolicies() {
    assertThat(policy(Map.of("egress", List.of(Map.of("ports", List.of(Map.of("port", 53)))))))
        .isEqualTo(
            policy(
                Map.of(
                    "policyTypes",
                    List.of("Ingress", "Egress"),
                    "egress",
                    List.of(Map.of("ports", List.of(Map.of("port", 53.0, "protocol", "TCP")))))))
        .isNotEqualTo(
            policy(Map.of("egress", List.of(Map.of("ports", List.of(Map.of("port", "53")))))));
  }

  @Test
  void isNotMadeTheSameByTextsThatRunIntoEachOther() {
    assertThat(quotaSpec(Map.of("scopes", List.of("a", "b"))))
        .isNotEqualTo(quotaSpec(Map.of("scopes", List.of("a, 1:b"))));
    assertThat(quotaSpec(Map.of("a", "b;1:c=1:d")))
        .isNotEqualTo(quotaSpec(Map.of("a", "b", "c", "d")));
  }

  private static String quota(Map<String, ?> hard) {
    return quotaSpec(Map.of("hard", hard));
  }

  private static String quotaSpec(Map<String, ?> spec) {
    return Content.fingerprint(ObjectKind.RESOURCE_QUOTA, Map.of("spec", spec));
  }

  private static String limits(Map<?, ?>... items) {
    return Content.fingerprint(
        ObjectKind.LIMIT_RANGE, Map.of("spec", Map.of("limits", List.of(items))));
  }

  private static String policy(Map<String, ?> spec) {
    return Content.fingerprint(ObjectKind.NETWORK_POLICY, Map.of("spec", spec));
  }
}
