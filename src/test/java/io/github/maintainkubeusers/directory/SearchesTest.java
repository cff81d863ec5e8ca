package io.github.maintainkubeusers.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SearchesTest {
  private static final AccountAttributes CN = AccountAttributes.named("cn");

  @Test
  void theProjectIsFilledIn() {
    var tools = ToolSearch.ofProject("toolsbeta");
    assertThat(tools.filled()).hasToString("(&(objectClass=posixAccount)(cn=toolsbeta.*))");
    assertThat(tools.filledPrefix()).isEqualTo("toolsbeta.");
    assertThat(AdminSearch.ofProject("toolsbeta").filledGroupFilter())
        .hasToString("(&(objectClass=posixGroup)(cn=toolsbeta.admin))");
  }

  @Test
  void aProjectCannotChangeTheShapeOfAFilter() {
    assertThat(ToolSearch.ofProject("*)(uid=*").filled())
        .hasToString("(&(objectClass=posixAccount)(cn=\\2a\\29\\28uid=\\2a.*))");
  }

  @Test
  void theProjectIsFilledInEverywhere() {
    var tools =
        new ToolSearch(
            "x",
            "dc=org",
            "(|(!(cn=PROJECT))(cn=a*PROJECT*b)(cn=*PROJECT)(uid=*)(uid>=1))",
            "",
            CN);
    assertThat(tools.filled()).hasToString("(|(!(cn=x))(cn=a*x*b)(cn=*x)(uid=*)(uid>=1))");
  }

  @Test
  void theProjectIsFilledInWhateverTheComparison() {
    var tools =
        new ToolSearch(
            "x",
            "dc=org",
            "(|(cn>=PROJECT)(cn<=PROJECT)(cn~=PROJECT)(memberOf:1.2.840.113556.1.4.1941:=cn=PROJECT)(cn:dn:=PROJECT))",
            "",
            CN);
    assertThat(tools.filled())
        .hasToString("(|(cn>=x)(cn<=x)(cn~=x)(memberOf:1.2.840.113556.1.4.1941:=cn=x)(cn:dn:=x))");
  }

  @Test
  void operationalAttributesAreAskedForByName() {
    assertThat(CN.requested())
        .containsExactly(
            "cn", "uidNumber", "homeDirectory", "pwdAccountLockedTime", "pwdPolicySubentry");
  }

  @Test
  void whatLdapCannotUnderstandIsRefused() {
    refused(
        () -> new ToolSearch("x", "nowhere", "(cn=*)", "", CN),
        "the base of the tools \"nowhere\"");
    refused(() -> new ToolSearch("x", "dc=org", "(cn=*", "", CN), "the LDAP filter \"(cn=*\"");
    refused(() -> ToolSearch.ofProject(" "), "the project's name is empty");
    refused(() -> new AdminSearch("x", "dc=org", "(cn=*)", "mem ber", "dc=org", CN), "\"mem ber\"");
    refused(
        () -> new AdminSearch("x", "dc=org", "(cn=*)", "member", "", CN),
        "the base of the people \"\"");
    refused(() -> new AccountAttributes("cn", "uidNumber", "homeDirectory", List.of("*")), "\"*\"");
  }

  private static void refused(ThrowingCallable making, String reason) {
    assertThatThrownBy(making)
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(reason);
  }
}
