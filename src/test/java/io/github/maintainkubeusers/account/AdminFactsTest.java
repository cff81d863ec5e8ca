package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminFactsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");
  private static final CredentialId UP_TO = new CredentialId("01k8c8nuv5hn0dd2pb6e");

  @Test
  void areReadBackAsTheyWereWritten() {
    for (AdminFacts facts :
        new AdminFacts[] {AdminFacts.NONE, revoked(), revoked().withForgotten(new Uid(1001))}) {
      assertThat(AdminFacts.fromEntries(facts.toEntries())).isEqualTo(facts);
      assertThat(AdminFacts.NAMES).containsAll(facts.toEntries().keySet());
    }
  }

  @Test
  void revokeWhatThereWasAndNothingThatCameAfter() {
    assertThat(revoked().revoke(UP_TO)).isTrue();
    assertThat(revoked().revoke(new CredentialId("01k8c8nuv5hn0dd2pb6d"))).isTrue();
    assertThat(revoked().revoke(CredentialId.LEGACY)).isTrue();
    assertThat(revoked().revoke(new CredentialId("01k8c8nuv5hn0dd2pb6f"))).isFalse();
    assertThat(AdminFacts.NONE.revoke(UP_TO)).isFalse();
  }

  @Test
  void nameTheEntryThatIsInvalid() {
    refuses(Map.of("revoked", "7", "revoked-at", NOW.toString()), "the record's revoked ");
    refuses(Map.of("revoked", UP_TO.value()), "the record has no revoked-at");
    refuses(Map.of("revoked", UP_TO.value(), "revoked-at", "soon"), "the record's revoked-at");
    refuses(Map.of("forgotten-uid", "root"), "the record's forgotten-uid");
  }

  private static AdminFacts revoked() {
    return AdminFacts.NONE.with(new AdminFacts.Revocation(UP_TO, NOW));
  }

  private static void refuses(Map<String, String> entries, String message) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> AdminFacts.fromEntries(entries))
        .withMessageContaining(message);
  }
}
