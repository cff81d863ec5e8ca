package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.plan.ObservedBuilder;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.yaml.YamlDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthorityUseTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** Records of the builder name this one as their issuer. */
  private static final String RECORDED = "b".repeat(64);

  private static final Map<AccountId, RecordState> RECORDS =
      Map.of(
          AccountId.tool("one"), known(),
          AccountId.admin("lena"), known(),
          AccountId.service("prometheus"), known(),
          AccountId.tool("odd"), new RecordState.Unreadable("not hexadecimal"),
          AccountId.tool("locked"),
              new RecordState.Known(
                  ObservedBuilder.record(1, NOW).in(AccountState.QUARANTINED, NOW)));

  @Test
  void countsWhoseNewestCredentialsAreByIt() {
    List<AuthorityUse> uses =
        AuthorityUse.of(
            List.of(
                report(CertificateKind.SERVER_CA, RECORDED),
                report(CertificateKind.CLIENT_CA, "a".repeat(64)),
                report(CertificateKind.CLIENT_CA, RECORDED)),
            RECORDS);

    assertThat(uses)
        .extracting(AuthorityUse::accounts)
        .containsExactly(Optional.empty(), Optional.of(0), Optional.of(3));
    assertThat(uses).extracting(AuthorityUse::signsNow).containsExactly(false, false, true);
  }

  @Test
  void namesTheAccountsOfACaThatIsKnownNoLonger() {
    List<AuthorityUse> uses =
        AuthorityUse.of(List.of(report(CertificateKind.CLIENT_CA, "a".repeat(64))), RECORDS);

    assertThat(uses).hasSize(2);
    assertThat(uses.getLast().accounts()).contains(3);
    assertThat(uses.getLast().report().first())
        .hasValueSatisfying(
            finding ->
                assertThat(finding.problem())
                    .endsWith("the certificates of tool one, admin lena, service prometheus"));
  }

  @Test
  void accusesNobodyWhereTheCasOfClientsAreNotKnown() {
    List<AuthorityUse> uses =
        AuthorityUse.of(
            List.of(
                CertificateReport.without(
                    CertificateKind.CLIENT_CA, "-", "x", Finding.unknown("not told", "tell"))),
            RECORDS);

    assertThat(uses).hasSize(1);
    assertThat(uses.getFirst().accounts()).isEmpty();
  }

  @Test
  void isToldToPeopleAndPrograms() {
    var text =
        new AuthorityText(
            AuthorityUse.of(List.of(report(CertificateKind.CLIENT_CA, RECORDED)), RECORDS), NOW);

    assertThat(text.lines())
        .containsExactly(
            "KIND       WHAT  ENDS        LEFT   ACCOUNTS  FINGERPRINT   STATE",
            "client-ca  ca    2035-12-30  3650d  3         bbbbbbbbbbbb  well; signs now");
    assertThat(new String(YamlDocument.writeJson(text.tree()), StandardCharsets.UTF_8))
        .contains("\"certificateAuthorities\": [", "\"accounts\": 3", "\"signsNow\": true");
  }

  private static RecordState known() {
    return new RecordState.Known(ObservedBuilder.record(1, NOW));
  }

  private static CertificateReport report(CertificateKind kind, String fingerprint) {
    CertificateFacts facts = CertificateFacts.of(ObservedBuilder.record(1, NOW).credential().get());
    return new CertificateReport(
        kind,
        "ca",
        "cluster",
        Optional.of(Evidence.STORED),
        Optional.of(
            new CertificateFacts(
                facts.subject(),
                facts.groups(),
                facts.names(),
                facts.usages(),
                facts.notBefore(),
                facts.notAfter(),
                facts.issuer(),
                facts.serial(),
                fingerprint,
                facts.issuerFingerprint(),
                facts.keyType())),
        Optional.empty(),
        Optional.of(NOW.plus(Duration.ofDays(3650))),
        Optional.empty(),
        List.of());
  }
}
