package io.github.maintainkubeusers.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownDnTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "uid=x,dc=example|\"uid=x,dc=example\"",
        "cn=Müller,dc=example|'cn=M\\c3\\bcller,dc=example'",
        "cn=a\\, b|'cn=a\\, b'",
        "cn=a\"b|'cn=a\\22b'",
        "cn=o'neill|'cn=o\\27neill'",
        "cn=$(reboot)|'cn=$(reboot)'",
        "cn=a\tb|'cn=a\\09b'"
      })
  void canBePastedIntoAShell(String dn, String shown) {
    assertThat(ShownDn.of(dn)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cn=Müller,dc=example",
        "cn=a\\, b,dc=example",
        "cn=o'neill",
        "cn=\uD83D\uDE00+uid=1"
      })
  void isTheSameName(String dn) throws LDAPException {
    String shown = ShownDn.of(dn);

    assertThat(new DN(shown.substring(1, shown.length() - 1))).isEqualTo(new DN(dn));
  }

  @Test
  void isBounded() {
    assertThat(ShownDn.of("cn=" + "ü".repeat(100_000))).hasSizeLessThan(7000).endsWith("'...");
    assertThat(ShownDn.of("cn=" + "x".repeat(997))).doesNotEndWith("...");
  }
}
