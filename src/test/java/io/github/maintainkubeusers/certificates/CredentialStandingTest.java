package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.certificates.CredentialStanding.State;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.ObservedBuilder;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CredentialStandingTest {
  private static final AccountId TOOL = AccountId.tool("wikibot");
  private static final Instant SINCE = Instant.parse("2026-11-27T03:00:00Z");
  private static final Instant SOON = SINCE.plus(Duration.ofMinutes(5));
  private static final Instant LATER = SINCE.plus(Duration.ofDays(2));
  private static final Instant END = SINCE.plus(Duration.ofDays(365));

  @Test
  void currentOnesHaveRights() {
    assertThat(of(provisioned().build(), 2, LATER))
        .isEqualTo(
            new CredentialStanding(
                TOOL, State.CURRENT, Optional.of(2), true, Optional.of(END), "", ""));
    assertThat(of(provisioned().build(), 2, LATER).findings()).isEmpty();
  }

  @Test
  void currentOnesThatNoBindingNamesHaveNone() {
    CredentialStanding standing = of(provisioned().bound(Set.of()).build(), 2, LATER);

    assertThat(standing.hasRights()).isFalse();
    assertThat(standing.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.state()).isEqualTo(CertificateState.BROKEN);
              assertThat(finding.problem()).isEqualTo("no binding gives rights to its group");
              assertThat(finding.remedy()).contains("its next pass binds the group");
            });
  }

  @Test
  void supersededOnesHaveRightsForAWhile() {
    Observed during = provisioned().bound(ObservedBuilder.groups(TOOL, 1, 2)).build();

    assertThat(of(during, 1, SOON))
        .satisfies(
            standing -> {
              assertThat(standing.state()).isEqualTo(State.SUPERSEDED);
              assertThat(standing.hasRights()).isTrue();
              assertThat(standing.end()).contains(SINCE.plus(Duration.ofMinutes(10)));
              assertThat(standing.reason()).contains("it has rights until 2026-11-27T03:10:00Z");
            });
    assertThat(of(provisioned().build(), 1, LATER))
        .satisfies(
            standing -> {
              assertThat(standing.state()).isEqualTo(State.SUPERSEDED);
              assertThat(standing.hasRights()).isFalse();
              assertThat(standing.remedy()).isEqualTo("use the credentials in the account's home");
            });
  }

  @Test
  void revokedOnesAreNamedSo() {
    CredentialStanding standing =
        of(provisioned().revoked(ObservedBuilder.id(2)).bound(Set.of()).build(), 2, LATER);

    assertThat(standing.state()).isEqualTo(State.REVOKED);
    assertThat(standing.hasRights()).isFalse();
    assertThat(standing.reason()).startsWith("an admin revoked it at ");
  }

  /** Until the controller has taken the rights away, they are there: whoever asks must know. */
  @Test
  void rightsThatAreStillThereAreTold() {
    assertThat(of(provisioned().revoked(ObservedBuilder.id(2)).build(), 2, LATER).hasRights())
        .isTrue();
  }

  @Test
  void thoseOfAnAccountInQuarantineAreNamedSo() {
    var record = ObservedBuilder.record(2, SINCE).in(AccountState.QUARANTINED, SOON);

    CredentialStanding standing =
        of(provisioned().record(record).bound(Set.of()).build(), 2, LATER);

    assertThat(standing.state()).isEqualTo(State.QUARANTINED);
    assertThat(standing.reason()).isEqualTo("the account is in quarantine since " + SOON);
    assertThat(standing.remedy()).contains("directory");
  }

  @Test
  void endedOnesHaveNoRightsWhateverIsBound() {
    assertThat(of(provisioned().build(), 2, END))
        .satisfies(
            standing -> {
              assertThat(standing.state()).isEqualTo(State.ENDED);
              assertThat(standing.hasRights()).isFalse();
              assertThat(standing.remedy())
                  .contains(
                      "delete the ConfigMap maintain-kubeusers in the namespace tool-wikibot");
            });
  }

  @Test
  void legacyOnesAreBoundAsUser() {
    Observed legacy =
        provisioned().record(new RecordState.None()).bound(Set.of(Subject.user("wikibot"))).build();

    assertThat(
            CredentialStanding.of(legacy, CredentialId.LEGACY, Optional.of(END), LATER).hasRights())
        .isTrue();
  }

  private static ObservedBuilder provisioned() {
    return ObservedBuilder.provisioned(TOOL, 2, SINCE);
  }

  private static CredentialStanding of(Observed observed, int number, Instant now) {
    return CredentialStanding.of(observed, ObservedBuilder.id(number), Optional.empty(), now);
  }
}
