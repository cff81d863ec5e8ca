package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.certificates.CredentialStanding.State;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.testing.Changed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateIndexTest {
  private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
  private static final AccountId TOOL = AccountId.tool("asked");
  private static final CredentialId ID = new CredentialId("0".repeat(20));

  private final Map<AccountId, Observed> cluster = new HashMap<>();
  private int readings;
  private long nanoTime;
  private final CertificateIndex index =
      new CertificateIndex(
          () -> {
            readings++;
            var records = new HashMap<AccountId, RecordState>();
            cluster.forEach((id, observed) -> records.put(id, observed.record()));
            return records;
          },
          id -> cluster.getOrDefault(id, Observed.nothing(id)),
          () -> NOW,
          () -> nanoTime);

  @Test
  void readsEverythingOnceForCertificatesThatAreKnown() {
    put(record("a", Optional.empty()));

    for (int i = 0; i < 100; i++) {
      assertThat(index.find(fingerprint("a")).map(CredentialStanding::account)).contains(TOOL);
    }

    assertThat(readings).isEqualTo(1);
  }

  @Test
  void isNotMadeToReadByThoseWhoAskForNonsense() {
    for (int i = 0; i < 100; i++) {
      assertThat(index.find("%064x".formatted(i))).isEmpty();
    }
    assertThat(readings).isEqualTo(1);

    put(record("a", Optional.empty()));
    assertThat(index.find(fingerprint("a"))).as("new since a moment").isEmpty();
    nanoTime += Duration.ofSeconds(1).toNanos();
    assertThat(index.find(fingerprint("a"))).isPresent();
    assertThat(readings).isEqualTo(2);
  }

  @Test
  void tellsOfARevocationInTheNextAnswer() {
    put(record("a", Optional.empty()));
    assertThat(index.find(fingerprint("a")).map(CredentialStanding::state)).contains(State.CURRENT);

    cluster.computeIfPresent(
        TOOL,
        (_, was) -> Changed.facts(was, AdminFacts.NONE.with(new AdminFacts.Revocation(ID, NOW))));

    assertThat(index.find(fingerprint("a")).map(CredentialStanding::state)).contains(State.REVOKED);
    assertThat(readings).isEqualTo(1);
  }

  @Test
  void knowsTheCertificateThatWasSupersededSinceItWasRead() {
    AccountRecord first = record("a", Optional.empty());
    put(first);
    assertThat(index.find(fingerprint("a"))).isPresent();

    put(record("b", Optional.of(first)));

    assertThat(index.find(fingerprint("a")).flatMap(CredentialStanding::generation)).contains(1);
    nanoTime += Duration.ofSeconds(1).toNanos();
    assertThat(index.find(fingerprint("b"))).isPresent();
  }

  private void put(AccountRecord record) {
    cluster.put(TOOL, Changed.record(Observed.nothing(TOOL), new RecordState.Known(record)));
  }

  private static AccountRecord record(String digit, Optional<AccountRecord> before) {
    var credential =
        new Credential(
            ID,
            1,
            fingerprint(digit),
            "c".repeat(64),
            "1f",
            NOW.minus(Duration.ofDays(1)),
            NOW.plus(Duration.ofDays(1)));
    return AccountRecord.active(new Uid(1001), credential, List.of(), NOW, LastApplied.NONE)
        .succeeding(before, NOW);
  }

  private static String fingerprint(String digit) {
    return digit.repeat(64);
  }
}
