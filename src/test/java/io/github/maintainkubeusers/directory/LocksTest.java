package io.github.maintainkubeusers.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocksTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "nsAccountLock, nsAccountLock: FALSE, true",
    "nsAccountLock, uid: x, false",
    "nsAccountLock=TRUE, nsAccountLock: TRUE, true",
    "nsAccountLock=TRUE, nsaccountlock: true, true",
    "nsAccountLock=TRUE, nsAccountLock: FALSE, false",
    "nsAccountLock=TRUE, uid: x, false",
    "pwdAccountLockedTime=000001010000Z, pwdAccountLockedTime: 000001010000Z, true",
    "pwdAccountLockedTime=000001010000Z, pwdAccountLockedTime: 20261126115959Z, false",
    "userAccountControl&2, userAccountControl: 512, false",
    "userAccountControl&2, userAccountControl: 514, true",
    "userAccountControl&2, userAccountControl: -2147483646, true",
    "userAccountControl&18, userAccountControl: 16, true",
    "krbPrincipalExpiration<NOW, krbPrincipalExpiration: 20261126115959Z, true",
    "krbPrincipalExpiration<NOW, krbPrincipalExpiration: 20261126120000Z, true",
    "krbPrincipalExpiration<NOW, krbPrincipalExpiration: 20261126120001Z, false",
    "krbPrincipalExpiration<NOW, krbPrincipalExpiration: 20261126130000+0200, true",
    "shadowExpire<NOW, shadowExpire: 20783, true",
    "shadowExpire<NOW, shadowExpire: 20784, false",
    "shadowExpire<NOW, shadowExpire: 0, true",
    "shadowExpire<NOW, shadowExpire: -1, false",
    "shadowExpire<NOW, shadowExpire: 99999, false",
    "shadowExpire<NOW, uid: x, false",
    "accountExpires<NOW, accountExpires: 0, false",
    "accountExpires<NOW, accountExpires: 9223372036854775807, false",
    "accountExpires<NOW, accountExpires: 134401679990000000, true",
    "accountExpires<NOW, accountExpires: 134401680010000000, false"
  })
  void aLockHoldsWhereTheEntrySaysSo(String lock, String line, boolean locked) throws Exception {
    assertThat(read(List.of(lock), line)).isEqualTo(new Locks.Reading(locked, List.of()));
  }

  @Test
  void oneOfSeveralIsEnough() throws Exception {
    var locks = List.of("nsAccountLock=TRUE", "krbPrincipalExpiration<NOW");
    assertThat(
            read(locks, "nsAccountLock: TRUE", "krbPrincipalExpiration: 20991231235959Z").locked())
        .isTrue();
    assertThat(
            read(locks, "nsAccountLock: FALSE", "krbPrincipalExpiration: 20200101000000Z").locked())
        .isTrue();
    assertThat(read(locks, "nsAccountLock: FALSE").locked()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "userAccountControl&2, userAccountControl: many",
    "shadowExpire<NOW, shadowExpire: soon",
    "accountExpires<NOW, accountExpires: 99999999999999999999",
    "krbPrincipalExpiration<NOW, krbPrincipalExpiration: 20783"
  })
  void whatCannotBeUnderstoodIsAFaultAndNoLock(String lock, String line) throws Exception {
    var reading = read(List.of(lock), line);
    assertThat(reading.locked()).isFalse();
    assertThat(reading.faults())
        .singleElement()
        .asString()
        .contains("the lock " + lock, "cn=x", line.split(": ", -1)[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pwdPolicySubentry",
        "nsAccountLock=TRUE",
        "a=b=c",
        "userAccountControl&2",
        "accountExpires<NOW",
        "2.16.840.1.113730.3.1.610=TRUE"
      })
  void readsWhatItShows(String text) {
    assertThat(Lock.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a<LATER | "a<LATER" is no lock
          a= | "a=" is no lock
          a&x | "a&x" is no lock
          a&0 | the bits "0" are not a number above 0
          a&99999999999999999999 | "99999999999999999999" is not a number
          b c | "b c" is not an attribute's name
          b c=d | "b c" is not an attribute's name
          &2 | "" is not an attribute's name
          """)
  void refusesWhatIsNoLock(String text, String reason) {
    assertThatThrownBy(() -> Lock.parse(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(reason);
  }

  private static Locks.Reading read(List<String> locks, String... lines) throws Exception {
    var ldif = new ArrayList<>(List.of("dn: cn=x", "objectClass: top", "cn: x"));
    ldif.addAll(Stream.of(lines).toList());
    return Locks.parse(locks).read(new Entry(ldif.toArray(String[]::new)), NOW);
  }
}
