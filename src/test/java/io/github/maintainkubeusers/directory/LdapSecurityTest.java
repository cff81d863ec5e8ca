package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.directory.Reading.directory;
import static io.github.maintainkubeusers.directory.Reading.failure;
import static io.github.maintainkubeusers.directory.Reading.names;
import static io.github.maintainkubeusers.directory.Reading.read;
import static io.github.maintainkubeusers.directory.Reading.settings;
import static io.github.maintainkubeusers.directory.Reading.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.ResultCode;
import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.LdapServerExtension;
import io.github.maintainkubeusers.testing.LoopbackProxy;
import io.github.maintainkubeusers.testing.TestLdapServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates are checked, and the password goes to the server and nowhere else. */
@ExtendWith(LdapServerExtension.class)
class LdapSecurityTest {
  private TestLdapServer server;

  @BeforeEach
  void take(TestLdapServer shared) {
    server = shared;
    server.addTool("wikibot", 52_001, "/data/project/wikibot");
  }

  @Test
  void readsOverLdaps() {
    assertThat(names(read(settings(server, server.ldapsUrl()).withTrustedCa(server.caFile()))))
        .containsExactly("tool wikibot");
  }

  @Test
  void readsOverStartTls() {
    assertThat(names(read(settings(server, true, server.url()).withTrustedCa(server.caFile()))))
        .containsExactly("tool wikibot");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCertificateOfAnUnknownAuthorityIsRefused(boolean startTls) {
    String url = startTls ? server.url() : server.ldapsUrl();
    assertThat(failure(settings(server, startTls, url)))
        .hasMessageContaining("localhost:")
        .hasMessageContaining(
            "no CA that is trusted has signed the server's certificate; directory.trustedCa is")
        .hasMessageContaining("unable to find valid certification path");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCertificateForAnotherHostIsRefused(boolean startTls) {
    int target = startTls ? server.port() : server.ldapsPort();
    try (var elsewhere = LoopbackProxy.passing("127.0.0.2", target)) {
      String url = (startTls ? "ldap" : "ldaps") + "://127.0.0.2:" + elsewhere.port();
      assertThat(failure(settings(server, startTls, url).withTrustedCa(server.caFile())))
          .hasMessageContaining("write the server's URL with a name that stands in it")
          .hasMessageContaining("No subject alternative names matching IP address 127.0.0.2");
    }
  }

  @Test
  void whatSpeaksNoTlsIsNamed() {
    assertThat(
            failure(
                settings(server, "ldaps://127.0.0.1:" + server.port())
                    .withTrustedCa(server.caFile())))
        .hasMessageContaining(
            "what answers speaks no TLS; an ldap:// URL with 'startTls: true' may be meant");
  }

  @Test
  void withoutStartTlsOfferedNothingIsSent() throws Exception {
    try (var canned = new CannedServer(ResultCode.PROTOCOL_ERROR, "what is that?")) {
      assertThat(failure(settings(server, true, canned.url())))
          .hasMessageStartingWith("could not start TLS with ")
          .hasMessageContaining("result 2 protocol error")
          .hasMessageContaining("what is that?");
    }
  }

  @Test
  void aChangedTrustFileIsTakenUp(@TempDir Path folder) throws IOException {
    Path file =
        Files.copy(Authority.create(folder, "other").certificate(), folder.resolve("trusted.pem"));
    try (var directory = directory(settings(server, server.ldapsUrl()).withTrustedCa(file))) {
      assertThatThrownBy(directory::read).isInstanceOf(DirectoryException.class);
      Files.writeString(file, Files.readString(file) + Files.readString(server.caFile()));
      assertThat(names(directory.read())).containsExactly("tool wikibot");
    }
  }

  @Test
  void aTrustFileWithoutCertificateIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("trusted.pem"), "");
    var settings = settings(server, server.ldapsUrl());
    assertThat(failure(settings.withTrustedCa(file)))
        .hasMessageStartingWith("could not read the trusted certificates " + file + ": ");
    assertThat(failure(settings.withTrustedCa(folder.resolve("missing.pem"))))
        .hasMessageContaining("missing.pem");
  }

  @Test
  void aChangedPasswordIsTakenUp() {
    var password = new AtomicReference<>("not yet");
    var settings =
        LdapSettings.of(
            List.of(LdapServer.parse(server.url(), false)),
            Optional.of(new BindCredentials(server.bindDn(), BindPassword.from(password::get))));
    try (var directory = directory(settings)) {
      assertThatThrownBy(directory::read).hasMessageContaining("wrong bind DN or password");
      password.set(server.password());
      assertThat(names(directory.read())).containsExactly("tool wikibot");
    }
  }

  @Test
  void thePasswordIsInNoText() throws Exception {
    String secret = "s3cret \"quoted\" \u00fc";
    var settings = settings(server, secret, false, server.url());
    assertThat(settings.toString()).contains(server.bindDn()).doesNotContain("s3cret");
    assertThat(trace(failure(settings))).doesNotContain("s3cret");
    try (var canned =
        new CannedServer(ResultCode.INVALID_CREDENTIALS, "no, it is not " + secret + " any more")) {
      assertThat(trace(failure(settings(server, secret, false, canned.url()))))
          .contains("no, it is not ******** any more")
          .doesNotContain("s3cret");
    }
  }
}
