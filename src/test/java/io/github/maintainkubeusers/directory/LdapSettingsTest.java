package io.github.maintainkubeusers.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.maintainkubeusers.account.InvalidValueException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LdapSettingsTest {
  private static final List<LdapServer> SERVERS =
      List.of(LdapServer.parse("ldap.example.org", false));

  @ParameterizedTest
  @CsvSource({
    "ldap://ldap.example.org, ldap://ldap.example.org:389, NONE",
    "ldaps://ldap.example.org/, ldaps://ldap.example.org:636, LDAPS",
    "LDAP://ldap.example.org:1389, ldap://ldap.example.org:1389, NONE",
    "ldap.example.org, ldap://ldap.example.org:389, NONE",
    "localhost:1389, ldap://localhost:1389, NONE",
    "ldaps://[2001:db8::1]:1636, ldaps://[2001:db8::1]:1636, LDAPS"
  })
  void aServerIsAUrlOrAHostName(String text, String url, TransportSecurity security) {
    var server = LdapServer.parse(text, false);
    assertThat(server).hasToString(url);
    assertThat(server.security()).isEqualTo(security);
  }

  @Test
  void startTlsIsForServersThatAreNotLdaps() {
    assertThat(LdapServer.parse("ldap://a", true).security()).isEqualTo(TransportSecurity.STARTTLS);
    assertThat(LdapServer.parse("ldaps://a", true).security()).isEqualTo(TransportSecurity.LDAPS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://a",
        "ldap://",
        "ldap://a/dc=org",
        "ldap://user@a",
        "ldap://a:0",
        "ldap://a:70000",
        "ldap://a:b",
        "a b",
        "ldapi:///run/ldapi",
        "ldap://a?x"
      })
  void anythingElseIsNoServer(String text) {
    assertThatThrownBy(() -> LdapServer.parse(text, false))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void theDefaultsAreToolforges() {
    var settings = LdapSettings.of(SERVERS, Optional.empty());
    assertThat(settings.pageSize()).isEqualTo(500);
    assertThat(settings.timeouts().connect()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.timeouts().response()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void impossibleValuesAreRefused() {
    var settings = LdapSettings.of(SERVERS, Optional.empty());
    refused(() -> LdapSettings.of(List.of(), Optional.empty()), "no LDAP server is named");
    refused(
        () -> LdapSettings.of(List.of(SERVERS.getFirst(), SERVERS.getFirst()), Optional.empty()),
        "twice");
    refused(() -> settings.withPageSize(0), "page size 0");
    refused(
        () -> new LdapTimeouts(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)),
        "connect timeout");
    refused(() -> new BindCredentials("nobody", BindPassword.of("x")), "the bind DN \"nobody\"");
    refused(() -> new BindCredentials("", BindPassword.of("x")), "the bind DN \"\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"reader@example.org", "svc_k8s.reader-1@EXAMPLE.ORG", "cn=reader,dc=example"})
  void whoBindsIsADistinguishedOrAPrincipalName(String name) {
    assertThat(new BindCredentials(name, BindPassword.of("x")).bindDn()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reader@", "@example.org", "a b@example.org", "reader@exa mple", "a@b@c"})
  void nothingElseIs(String name) {
    refused(() -> new BindCredentials(name, BindPassword.of("x")), "the bind DN");
  }

  private static void refused(ThrowingCallable making, String reason) {
    assertThatThrownBy(making)
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(reason);
  }
}
