package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import io.github.maintainkubeusers.cluster.RequestState;
import io.github.maintainkubeusers.cluster.RequestState.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestCheckTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void thoseThatTakeTheirTimeRaiseNoAlarm() {
    CertificateReport report =
        RequestCheck.of(
            List.of(
                request(Progress.WAITING, Duration.ofMinutes(59)),
                request(Progress.APPROVED, Duration.ofMinutes(4)),
                request(Progress.DENIED, Duration.ofDays(3)),
                request(Progress.ISSUED, Duration.ofDays(3))),
            NOW);

    assertThat(report.findings()).isEmpty();
    assertThat(report.name()).isEqualTo("4 (1 waiting, 1 approved, 1 denied)");
    assertThat(RequestCheck.of(List.of(), NOW).name()).isEqualTo("0");
  }

  @Test
  void aSilentSignerIsNamed() {
    assertFirst(
        RequestCheck.of(List.of(request(Progress.APPROVED, Duration.ofMinutes(6))), NOW),
        CertificateState.BROKEN,
        "csr-1 of system:node:one was approved and is not signed, 6m after it was made",
        "see that the signer example.org/signer runs");
  }

  @Test
  void aFailureIsTold() {
    assertFirst(
        RequestCheck.of(List.of(request(Progress.FAILED, Duration.ZERO)), NOW),
        CertificateState.BROKEN,
        "could not sign csr-1 of system:node:one: Because: it may not",
        "delete the request");
  }

  @Test
  void oneThatNobodyDecidesIsUnknown() {
    assertFirst(
        RequestCheck.of(List.of(request(Progress.WAITING, Duration.ofHours(2))), NOW),
        CertificateState.UNKNOWN,
        "was neither approved nor denied since 2026-01-01T10:00:00Z",
        "kubectl certificate approve");
  }

  @Test
  void manyAreCountedAndAFewNamed() {
    List<RequestState> many =
        IntStream.range(0, 1000)
            .mapToObj(_ -> request(Progress.FAILED, Duration.ofDays(1)))
            .toList();

    CertificateReport report = RequestCheck.of(many, NOW);

    assertThat(report.name()).isEqualTo("1000 (1000 failed)");
    assertThat(report.findings()).hasSize(5);
  }

  private static void assertFirst(
      CertificateReport report, CertificateState state, String problem, String remedy) {
    assertThat(report.state()).isEqualTo(state);
    assertThat(report.first())
        .hasValueSatisfying(
            finding -> {
              assertThat(finding.problem()).contains(problem);
              assertThat(finding.remedy()).contains(remedy);
            });
  }

  private static RequestState request(Progress progress, Duration age) {
    return new RequestState(
        "csr-1",
        "example.org/signer",
        "system:node:one",
        NOW.minus(age),
        progress,
        "Because: it may not");
  }
}
