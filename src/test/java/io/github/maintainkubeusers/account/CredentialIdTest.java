package io.github.maintainkubeusers.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialIdTest {
  private static final AccountId TOOL = AccountId.tool("fourohfour");
  private static final CredentialId ID = new CredentialId("01k8c8nuv5hn0dd2pb6e");
  private static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");

  @Test
  void namesItsGroupAfterTheAccount() {
    assertThat(ID.group(TOOL)).isEqualTo("tool:fourohfour:01k8c8nuv5hn0dd2pb6e");
    assertThat(ID.group(AccountId.admin("fourohfour")))
        .isEqualTo("admin:fourohfour:01k8c8nuv5hn0dd2pb6e");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> CredentialId.LEGACY.group(TOOL));
  }

  @Test
  void canDoWithoutAGroup() {
    CredentialId id = ID.withoutGroup();

    assertThat(ID.hasGroup()).isTrue();
    assertThat(id.hasGroup()).isFalse();
    assertThat(CredentialId.LEGACY.hasGroup()).isFalse();
    assertThat(id.value()).isEqualTo("user-01k8c8nuv5hn0dd2pb6e");
    assertThat(new CredentialId(id.value())).isEqualTo(id).isNotEqualTo(ID);
    assertThat(id.withoutGroup()).isEqualTo(id);
    assertThat(id.next(Instant.EPOCH, new Random(1))).isGreaterThan(id).isGreaterThan(ID);
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> id.group(TOOL));
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new CredentialId("user-legacy"));
  }

  /**
   * So that "toolforge" stays the first organization: DER sorts the values of a set, the shorter
   * one first.
   */
  @Test
  void givesAGroupThatIsLongerThanTheOrganizationOfAllTools() {
    assertThat(ID.group(AccountId.tool("a")).length()).isGreaterThan("toolforge".length());
  }

  @Property
  void isFoundAgainInItsGroup(@ForAll("ids") AccountId id, @ForAll long seed) {
    CredentialId credential = CredentialId.create(NOW, new Random(seed));

    assertThat(CredentialId.ofGroup(id, credential.group(id))).contains(credential);
    assertThat(new CredentialId(credential.toString())).isEqualTo(credential);
  }

  @Property
  void isNeverFoundInAGroupOfAnotherAccount(
      @ForAll("ids") AccountId id, @ForAll("ids") AccountId other) {
    Assume.that(!id.equals(other));

    assertThat(CredentialId.ofGroup(id, ID.group(other))).isEmpty();
    assertThat(ID.group(id)).isNotEqualTo(ID.group(other));
  }

  @Property
  void isOrderedByTheTimeAtWhichItWasMade(
      @ForAll long seed, @ForAll @LongRange(min = 1, max = 4_000_000_000_000L) long laterMillis) {
    var random = new Random(seed);

    assertThat(CredentialId.create(NOW, random))
        .isLessThan(CredentialId.create(NOW.plusMillis(laterMillis), random));
  }

  @Test
  void isAnotherOneEachTime() {
    var random = new SecureRandom();

    assertThat(Stream.generate(() -> CredentialId.create(NOW, random)).limit(1000).distinct())
        .hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "toolforge",
        "tool:fourohfour",
        "tool:fourohfour:",
        "tool:fourohfour:1",
        "tool:fourohfour:legacy",
        "tool:fourohfour:01k8c8nuv5hn0dd2pb6",
        "tool:fourohfour:01k8c8nuv5hn0dd2pb6e1",
        "tool:fourohfour:01K8C8NUV5HN0DD2PB6E",
        "tool:fourohfour:01k8c8nuv5hn0dd2pb6w",
        "Tool:fourohfour:01k8c8nuv5hn0dd2pb6e",
        "tool:fourohfour2:01k8c8nuv5hn0dd2pb6e",
        "xtool:fourohfour:01k8c8nuv5hn0dd2pb6e",
        "system:masters",
        ""
      })
  void isNotFoundInAnythingElse(String group) {
    assertThat(CredentialId.ofGroup(TOOL, group)).isEmpty();
  }

  /** Also names that begin like kinds and groups do. */
  @Provide
  Arbitrary<AccountId> ids() {
    var names =
        Arbitraries.of("a", "b", "tool", "admin", "tool-a", "a-1", "1", "7", "a-b", "admin-a");
    return Combinators.combine(Arbitraries.of(AccountKind.values()), names)
        .as((kind, name) -> new AccountId(kind, new AccountName(name)));
  }
}
