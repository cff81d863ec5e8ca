package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.plan.ObservedBuilder;
import io.github.maintainkubeusers.plan.RecordState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantSummaryTest {
  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = SINCE.plus(Duration.ofDays(365));

  @Test
  void thoseThatAreRenewedInTimeRaiseNoAlarm() {
    CertificateReport report =
        TenantSummary.of(
            records(3), Map.of("b".repeat(64), "ca"), SINCE.plus(Duration.ofDays(200)));

    assertThat(report.findings()).isEmpty();
    assertThat(report.name()).isEqualTo("3 of 3");
    assertThat(report.end()).contains(END);
    assertThat(report.authority()).contains("ca 3");
  }

  @Test
  void aControllerThatDoesNotRenewIsTold() {
    CertificateReport report =
        TenantSummary.of(records(7), Map.of(), END.minus(Duration.ofDays(5)));

    assertThat(report.state()).isEqualTo(CertificateState.ENDS);
    assertThat(report.first())
        .hasValueSatisfying(
            finding ->
                assertThat(finding.problem())
                    .isEqualTo(
                        "renewal overdue: the certificates of tool t0, tool t1, tool t2, tool t3,"
                            + " tool t4 and 2 more"));
  }

  @Test
  void thoseThatEndedAreNamed() {
    CertificateReport report = TenantSummary.of(records(2), Map.of(), END);

    assertThat(report.state()).isEqualTo(CertificateState.ENDED);
    assertThat(report.name()).isEqualTo("0 of 2");
    assertThat(report.first())
        .hasValueSatisfying(
            finding -> {
              assertThat(finding.problem())
                  .isEqualTo("ended: the certificates of tool t0, tool t1");
              assertThat(finding.remedy()).contains("check that the controller runs");
            });
  }

  @Test
  void thoseInQuarantineAreNotCountedAndTheUnreadableAreUnknown() {
    Map<AccountId, RecordState> records = records(1);
    records.put(
        AccountId.tool("locked"),
        new RecordState.Known(
            ObservedBuilder.record(1, SINCE).in(AccountState.QUARANTINED, SINCE)));
    records.put(AccountId.admin("odd"), new RecordState.Unreadable("not hexadecimal"));

    CertificateReport report = TenantSummary.of(records, Map.of(), SINCE.plus(Duration.ofDays(1)));

    assertThat(report.name()).isEqualTo("1 of 2");
    assertThat(report.state()).isEqualTo(CertificateState.UNKNOWN);
    assertThat(report.first())
        .hasValueSatisfying(
            finding ->
                assertThat(finding.problem()).isEqualTo("unreadable: the records of admin odd"));
  }

  private static Map<AccountId, RecordState> records(int count) {
    var records = new HashMap<AccountId, RecordState>();
    for (int i = 0; i < count; i++) {
      records.put(AccountId.tool("t" + i), new RecordState.Known(ObservedBuilder.record(1, SINCE)));
    }
    return records;
  }
}
