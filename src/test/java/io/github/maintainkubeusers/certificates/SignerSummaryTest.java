package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.plan.ObservedBuilder;
import io.github.maintainkubeusers.plan.RecordState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignerSummaryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final CaBundle AUTHORITY =
      CaBundle.parse(TestingAuthority.root("CN=ca", NOW).certificate());

  @Test
  void tellsWhichCaSignsAndForHowLong() {
    CertificateReport report = report(NOW, Optional.of(DAY.multipliedBy(365)));

    assertThat(report.name()).isEqualTo("example.org/signer (gives 365d)");
    assertThat(report.authority()).contains("CN=ca");
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void tellsWhenItGivesAnotherLifeThanWasAskedFor() {
    assertThat(report(NOW, Optional.of(DAY.multipliedBy(90))).name())
        .isEqualTo("example.org/signer (gives 365d, 90d are asked for)");
  }

  @Test
  void tellsWhenItsCaEndsSoon() {
    assertThat(report(NOW.plus(Duration.ofDays(3640)), Optional.empty()).state())
        .isEqualTo(CertificateState.ENDS);
  }

  @Test
  void aCaThatTheApiServerDoesNotKnowIsBroken() {
    CertificateReport report =
        SignerSummary.of(
                Map.of(AccountId.tool("a"), new RecordState.Known(ObservedBuilder.record(1, NOW))),
                "example.org/signer",
                Optional.empty(),
                AUTHORITY,
                new Examiner(NOW, DAY))
            .getFirst();

    assertThat(report.state()).isEqualTo(CertificateState.BROKEN);
  }

  @Test
  void saysNothingBeforeAnythingWasSigned() {
    assertThat(
            SignerSummary.of(
                Map.of(),
                "example.org/signer",
                Optional.empty(),
                AUTHORITY,
                new Examiner(NOW, DAY)))
        .isEmpty();
  }

  private static CertificateReport report(Instant now, Optional<Duration> asked) {
    AccountRecord record = ObservedBuilder.record(1, NOW);
    Credential credential = record.credential().orElseThrow();
    var signed =
        new Credential(
            credential.id(),
            credential.number(),
            credential.certificate(),
            AUTHORITY.certificates().getFirst().fingerprint(),
            credential.serial(),
            NOW,
            NOW.plus(Duration.ofDays(365)));
    RecordState known =
        new RecordState.Known(
            AccountRecord.active(record.uid(), signed, List.of(), NOW, record.applied()));
    return SignerSummary.of(
            Map.of(AccountId.tool("a"), known),
            "example.org/signer",
            asked,
            AUTHORITY,
            new Examiner(now, Duration.ofDays(30)))
        .getFirst();
  }
}
