package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastAppliedTest {
  private static final LastApplied APPLIED =
      new LastApplied(
          Optional.of("0123456789abcdef"),
          Map.of("resourcequota", "fedcba9876543210"),
          Instant.parse("2026-11-22T03:50:14Z"),
          true,
          Optional.of(new Gid(6001)),
          Optional.of("00000000000000ff"));

  @Test
  void comesBackFromItsEntries() {
    assertThat(LastApplied.fromEntries(APPLIED.toEntries())).isEqualTo(APPLIED);
    assertThat(LastApplied.fromEntries(Map.of("uid", "1001")))
        .as("a record from before it was kept")
        .isEqualTo(LastApplied.NONE);
    assertThat(LastApplied.NONE.toEntries()).isEmpty();
  }

  @Test
  void refusesNonsense() {
    for (Map<String, String> nonsense :
        java.util.List.of(
            Map.of("kubeconfig", "x"),
            Map.of("object.quota", "0123456789ABCDEF"),
            Map.of("throttle", "tomorrow"),
            Map.of("status-missing", "perhaps"),
            Map.of("gid", "0"),
            Map.of("secret", "s3cret"))) {
      assertThatExceptionOfType(InvalidValueException.class)
          .isThrownBy(() -> LastApplied.fromEntries(nonsense))
          .withMessageContaining(nonsense.keySet().iterator().next());
    }
  }

  @Test
  void saysTheGroupWhereItIsNotTheNumberOfTheUser() {
    var id = AccountId.tool("wikibot");
    var home = new HomePath("/data/project/wikibot");
    var other = new Account(id, new Uid(5001), new Gid(6001), home, false);

    LastApplied applied = LastApplied.NONE.withGroupOf(other);

    assertThat(applied.toEntries()).isEqualTo(Map.of("gid", "6001"));
    assertThat(applied.withGroupOf(new Account(id, new Uid(5001), home, false)).toEntries())
        .isEmpty();
  }

  @Test
  void keepsTheKubeconfigThatItKnowsWhereNoOtherIsKnown() {
    assertThat(APPLIED.withKubeconfig(Optional.empty())).isEqualTo(APPLIED);
  }
}
