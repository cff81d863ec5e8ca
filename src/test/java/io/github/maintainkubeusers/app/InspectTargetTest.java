package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Service.SecretLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectTargetTest {
  @Test
  void isWhatItLooksLike() {
    assertThat(InspectTarget.parse("-")).isEqualTo(new InspectTarget.Input());
    assertThat(InspectTarget.parse("tool:wikibot"))
        .isEqualTo(new InspectTarget.OfAccount(AccountId.tool("wikibot")));
    assertThat(InspectTarget.parse("admin:lena"))
        .isEqualTo(new InspectTarget.OfAccount(AccountId.admin("lena")));
    assertThat(InspectTarget.parse("service:prometheus"))
        .isEqualTo(new InspectTarget.OfAccount(AccountId.service("prometheus")));
    assertThat(InspectTarget.parse("secret/metrics/api.v1"))
        .isEqualTo(new InspectTarget.InSecret(new SecretLocation("metrics", "api.v1")));
    assertThat(InspectTarget.parse("10.0.0.11:6443"))
        .isEqualTo(new InspectTarget.Server("10.0.0.11", 6443));
    assertThat(InspectTarget.parse("[2001:db8::1]:6443"))
        .isEqualTo(new InspectTarget.Server("2001:db8::1", 6443))
        .hasToString("[2001:db8::1]:6443");
    assertThat(InspectTarget.parse("ldap.example.org:636"))
        .isEqualTo(new InspectTarget.Server("ldap.example.org", 636));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client.crt",
        "/etc/kubernetes/pki/ca.crt",
        "secret/metrics",
        "./10.0.0.11:6443",
        "2001:db8::1",
        "host:123456"
      })
  void isElseAFile(String text) {
    assertThat(InspectTarget.parse(text)).isEqualTo(new InspectTarget.InFile(Path.of(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"host:65536", "tool:Not_A_Name", "tool:../x"})
  void isRefusedWhenItCannotBe(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> InspectTarget.parse(text));
  }
}
