package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenKeySummaryTest {
  @Test
  void serversThatKnowTheSameKeysAreWell() {
    List<CertificateReport> reports =
        TokenKeySummary.of(Map.of("b:6443", Set.of("k1", "k2"), "a:6443", Set.of("k2", "k1")));

    assertThat(reports).extracting(CertificateReport::name).containsExactly("a:6443", "b:6443");
    assertThat(reports).allSatisfy(report -> assertThat(report.findings()).isEmpty());
  }

  @Test
  void theOneThatLacksAKeyOfANewControlPlaneIsBroken() {
    List<CertificateReport> reports =
        TokenKeySummary.of(Map.of("old:6443", Set.of("k1"), "new:6443", Set.of("k1", "k2")));

    assertThat(reports.getFirst().findings()).isEmpty();
    assertThat(reports.getLast().state()).isEqualTo(CertificateState.BROKEN);
    assertThat(reports.getLast().first())
        .hasValueSatisfying(
            finding -> {
              assertThat(finding.problem())
                  .isEqualTo(
                      "lacks a key that new:6443 knows: tokens that were signed with it are refused"
                          + " here");
              assertThat(finding.remedy()).contains("--service-account-key-file");
            });
  }

  @Test
  void eachOfTwoThatKnowOnlyTheirOwnIsBroken() {
    assertThat(TokenKeySummary.of(Map.of("a", Set.of("k1"), "b", Set.of("k2"))))
        .extracting(CertificateReport::state)
        .containsExactly(CertificateState.BROKEN, CertificateState.BROKEN);
  }
}
