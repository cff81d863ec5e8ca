package io.github.maintainkubeusers.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import io.github.maintainkubeusers.testing.CapturedLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {
  private InMemoryDirectoryServer server;

  @AfterEach
  void stop() {
    server.shutDown(true);
  }

  @Test
  void attributesThatTheServerKnowsInWhateverCaseAreAccepted() throws Exception {
    start(Schema.getDefaultStandardSchema());
    try (var log = new CapturedLog()) {
      read(Set.of("telephoneNumber", "CN", "2.5.4.3"));
      assertThat(log.messages(Level.INFO)).isEmpty();
    }
  }

  @Test
  void othersAreRefusedEachTime() throws Exception {
    start(Schema.getDefaultStandardSchema());
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> read(Set.of("cn", "telefoneNumber")))
          .isInstanceOf(DirectoryException.class)
          .hasMessageContaining(
              "could not use ldap://localhost:"
                  + server.getListenPort()
                  + ": its schema has no attribute \"telefoneNumber\"; correct the names");
    }
  }

  @Test
  void aServerThatDoesNotShowItsSchemaIsReadAllTheSame() throws Exception {
    start(null);
    try (var log = new CapturedLog()) {
      read(Set.of("anything"));
      assertThat(log.messages(Level.INFO))
          .singleElement()
          .asString()
          .contains("does not show its schema", "[anything]");
    }
  }

  private void start(Schema schema) throws LDAPException {
    var config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
    config.setSchema(schema);
    server = new InMemoryDirectoryServer(config);
    server.startListening();
  }

  private void read(Set<String> required) {
    var url = LdapServer.parse("ldap://localhost:" + server.getListenPort(), false);
    var settings = LdapSettings.of(List.of(url), Optional.empty()).withRequired(required);
    try (var directory =
        new LdapDirectory(settings, new NoSearch("x"), new NoSearch("x"), Clock.systemUTC())) {
      var _ = directory.read();
    }
  }
}
