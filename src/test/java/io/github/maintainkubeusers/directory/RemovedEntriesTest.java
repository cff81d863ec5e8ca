package io.github.maintainkubeusers.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.LdapServerExtension;
import io.github.maintainkubeusers.testing.TestLdapServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test server must not lose what nobody removed. */
@ExtendWith(LdapServerExtension.class)
class RemovedEntriesTest {
  @Test
  void areGoneAndTheOthersAreNot(TestLdapServer server) {
    try (var directory = Reading.directory(Reading.settings(server, server.url()))) {
      for (int round = 0; round < 100; round++) {
        server.clear();
        server.addTools("mass-", 8, 50_001);
        for (int i = 0; i < 7; i++) {
          server.removeTool("mass-" + i);
        }
        assertThat(directory.read().accounts()).as("round " + round).hasSize(1);
      }
    }
  }
}
