package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.SecretFormat;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.Delivery;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.testing.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceSummaryTest {
  private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
  private static final String CA = "a".repeat(64);
  private static final Service PROMETHEUS =
      new Service(
          new AccountName("prometheus"),
          List.of(),
          SigningTerms.COMMON,
          Duration.ZERO,
          new Service.SecretLocation("metrics", "prometheus-api"),
          SecretFormat.PEM,
          List.of(),
          Map.of(),
          false);

  @Test
  void isWellWhileItsCredentialsLastAndItsSecretStands() {
    CertificateReport report = report(issued(60));

    assertThat(report.state()).isEqualTo(CertificateState.WELL);
    assertThat(report.name()).isEqualTo("prometheus (gen. 3)");
    assertThat(report.authority()).contains("ca");
    assertThat(report.end()).contains(NOW.plus(Duration.ofDays(60)));
  }

  @Test
  void saysWhatIsWrong() {
    Observed well = issued(60);
    assertThat(problem(Observed.nothing(PROMETHEUS.id())))
        .isEqualTo("broken: it is declared, and has no credentials yet");
    assertThat(problem(issued(-1))).startsWith("ended: ended on 2026-11-26");
    assertThat(problem(issued(2))).isEqualTo("ends: its rotation is overdue");
    assertThat(problem(Changed.status(well, Optional.empty())))
        .isEqualTo("broken: its Secret is gone");
    assertThat(problem(Changed.delivery(well, Delivery.impossible("forbidden"))))
        .isEqualTo("unknown: forbidden");
    assertThat(problem(Changed.record(well, new RecordState.Unreadable("no JSON"))))
        .isEqualTo("unknown: its record cannot be read: no JSON");
    AccountRecord record = well.record().known().orElseThrow();
    assertThat(
            problem(
                Changed.record(
                    well, new RecordState.Known(record.in(AccountState.QUARANTINED, NOW)))))
        .startsWith("broken: its rights have ended");
  }

  private static String problem(Observed observed) {
    CertificateReport report = report(observed);
    return report.state().label() + ": " + report.first().orElseThrow().problem();
  }

  private static CertificateReport report(Observed observed) {
    return ServiceSummary.of(
            new Services(List.of(PROMETHEUS)),
            _ -> observed,
            Map.of(CA, "ca"),
            new Examiner(NOW, Duration.ofDays(30)))
        .getFirst();
  }

  /**
   * @param days that are left of 90
   */
  private static Observed issued(int days) {
    var credential =
        new Credential(
            new CredentialId("0".repeat(20)),
            3,
            "b".repeat(64),
            CA,
            "1f",
            NOW.minus(Duration.ofDays(90L - days)),
            NOW.plus(Duration.ofDays(days)));
    var record =
        AccountRecord.active(new Uid(65_534), credential, List.of(), NOW, LastApplied.NONE);
    return Changed.status(
        Changed.record(Observed.nothing(PROMETHEUS.id()), new RecordState.Known(record)),
        Optional.of(new CredentialStatus("", "", true)));
  }
}
