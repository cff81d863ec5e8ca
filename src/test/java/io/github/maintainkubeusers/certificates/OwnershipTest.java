package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.certificates.CredentialStanding.State;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.ObservedBuilder;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Rights;
import io.github.maintainkubeusers.testing.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
  private static final Instant SINCE = NOW.minus(Duration.ofDays(3));
  private static final AccountId TOOL = AccountId.tool("wikibot");
  private static final AccountId ADMIN = AccountId.admin("wikibot");
  private static final TestingAuthority CA = TestingAuthority.root("CN=ca", SINCE);
  private static final TestingAuthority OTHER = TestingAuthority.root("CN=ca", SINCE);

  private final ParsedCertificate current = certificate(CA, TOOL, ObservedBuilder.id(2));
  private final Map<AccountId, Observed> cluster =
      new HashMap<>(Map.of(TOOL, observed(TOOL, current, ObservedBuilder.id(2))));

  @Test
  void findsTheRecordedOneByFingerprintAndSerialNumber() {
    assertThat(owners().byFingerprint(current.fingerprint()))
        .singleElement()
        .satisfies(
            standing -> {
              assertThat(entry(standing.account(), standing.state()))
                  .isEqualTo(entry(TOOL, State.CURRENT));
              assertThat(standing.hasRights()).isTrue();
              assertThat(standing.generation()).contains(2);
            });
    assertThat(owners().bySerial(current.serial()))
        .extracting(CredentialStanding::account)
        .containsExactly(TOOL);
    assertThat(owners().of(List.of(current)))
        .extracting(CredentialStanding::state)
        .containsExactly(State.CURRENT);
  }

  @Test
  void tellsOfASupersededOneByItsGroup() {
    List<CredentialStanding> found =
        owners().of(List.of(certificate(CA, TOOL, ObservedBuilder.id(1))));

    assertThat(found)
        .singleElement()
        .satisfies(
            standing -> {
              assertThat(entry(standing.account(), standing.state()))
                  .isEqualTo(entry(TOOL, State.SUPERSEDED));
              assertThat(standing.hasRights()).isFalse();
            });
  }

  @Test
  void findsASupersededOneByItsFingerprintAlone() {
    String fingerprint = "e".repeat(64);
    Observed now = cluster.get(TOOL);
    AccountRecord record = now.record().known().orElseThrow();
    var former =
        new AccountRecord.Former(
            fingerprint, ObservedBuilder.id(1), 1, NOW.plus(Duration.ofDays(1)));
    cluster.put(TOOL, Changed.record(now, new RecordState.Known(withFormer(record, former))));

    assertThat(owners().byFingerprint(fingerprint))
        .singleElement()
        .satisfies(
            standing -> {
              assertThat(entry(standing.account(), standing.state()))
                  .isEqualTo(entry(TOOL, State.SUPERSEDED));
              assertThat(standing.generation()).contains(1);
              assertThat(standing.hasRights()).isFalse();
            });
    assertThat(owners().byFingerprint("d".repeat(64))).isEmpty();
  }

  private static AccountRecord withFormer(AccountRecord record, AccountRecord.Former former) {
    var entries = new TreeMap<>(record.toEntries());
    entries.put("former", former.toString());
    return AccountRecord.fromEntries(entries);
  }

  @Test
  void tellsAToolFromAnAdminOfTheSameName() {
    ParsedCertificate admins = certificate(CA, ADMIN, ObservedBuilder.id(3));
    cluster.put(ADMIN, observed(ADMIN, admins, ObservedBuilder.id(3)));

    assertThat(owners().of(List.of(admins)))
        .extracting(CredentialStanding::account)
        .containsExactly(ADMIN);
    assertThat(owners().of(List.of(current)))
        .extracting(CredentialStanding::account)
        .containsExactly(TOOL);
  }

  /**
   * Somebody else's CA of the same name, and one of ours that signed another certificate of the
   * same ID.
   */
  @Test
  void believesNoCertificateThatNobodyHereIssued() {
    assertUnknown(
        owners().of(List.of(certificate(OTHER, TOOL, ObservedBuilder.id(1)))),
        "none of the CAs that the API server knows clients by has signed it");
    assertUnknown(
        owners().of(List.of(certificate(CA, TOOL, ObservedBuilder.id(2)))),
        "another certificate is recorded under its ID");
    assertUnknown(
        owners().of(List.of(certificate(CA, AccountId.tool("gone"), ObservedBuilder.id(1)))),
        "the cluster holds nothing of that account");
    assertUnknown(
        new Ownership(Map.of(), Observed::nothing, Optional.empty(), NOW).of(List.of(current)),
        "cannot be read");
  }

  @Test
  void findsNobodyWhereNothingIsKnown() {
    ParsedCertificate stranger = ParsedCertificate.parse(CA.certificate()).getFirst();

    assertThat(owners().byFingerprint("ab".repeat(32))).isEmpty();
    assertThat(owners().bySerial("1")).isEmpty();
    assertThat(owners().of(List.of(stranger))).isEmpty();
    assertThat(StandingText.lines(List.of()))
        .singleElement()
        .asString()
        .startsWith("unknown: no account here");
  }

  @Test
  void isToldInALine() {
    assertThat(StandingText.lines(owners().of(List.of(current))))
        .containsExactly(
            "tool wikibot: generation 2, current, has rights, ends "
                + NOW.plus(Duration.ofDays(300)));
    assertThat(
            StandingText.lines(owners().of(List.of(certificate(CA, TOOL, ObservedBuilder.id(1))))))
        .containsExactly(
            "tool wikibot: superseded, has no rights, ends "
                + NOW.plus(Duration.ofDays(300))
                + "; newer credentials took its place, or it never was recorded; use the"
                + " credentials in the account's home");
  }

  private Ownership owners() {
    var records = new HashMap<AccountId, RecordState>();
    cluster.forEach((id, observed) -> records.put(id, observed.record()));
    return new Ownership(
        records,
        id -> cluster.getOrDefault(id, Observed.nothing(id)),
        Optional.of(CaBundle.parse(CA.certificate())),
        NOW);
  }

  private static void assertUnknown(List<CredentialStanding> found, String reason) {
    assertThat(found)
        .singleElement()
        .satisfies(
            standing -> {
              assertThat(standing.state()).isEqualTo(State.UNKNOWN);
              assertThat(standing.hasRights()).isFalse();
              assertThat(standing.reason()).contains(reason);
            });
  }

  private static Observed observed(
      AccountId id, ParsedCertificate certificate, CredentialId credentialId) {
    var credential =
        new Credential(
            credentialId,
            2,
            certificate.fingerprint(),
            "b".repeat(64),
            certificate.serial(),
            certificate.notBefore(),
            certificate.notAfter());
    return ObservedBuilder.provisioned(id, 2, SINCE)
        .record(AccountRecord.active(new Uid(1001), credential, List.of(), SINCE, LastApplied.NONE))
        .bound(Rights.subjects(id, Set.of(credentialId)))
        .build();
  }

  private static ParsedCertificate certificate(
      TestingAuthority authority, AccountId id, CredentialId credential) {
    String groups =
        "O=" + (id.equals(ADMIN) ? "admins" : "toolforge") + ",O=" + credential.group(id);
    return ParsedCertificate.parse(
            authority
                .certificateOf(TestingAuthority.ecPair().getPublic())
                .subject(new X500Name(groups + ",CN=" + id.name()))
                .from(SINCE)
                .until(NOW.plus(Duration.ofDays(300)))
                .sign())
        .getFirst();
  }
}
