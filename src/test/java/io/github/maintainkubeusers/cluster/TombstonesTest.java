package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.kube.ClusterListener;
import io.github.maintainkubeusers.testing.CannedApiServer;
import io.github.maintainkubeusers.testing.CannedApiServer.Answer;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TombstonesTest {
  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");
  private static final AccountId GONE = AccountId.tool("gone");
  private static final String MAP =
      "{\"metadata\": {\"name\": \"maintain-kubeusers-tombstones\", \"namespace\": \"own\","
          + " \"resourceVersion\": \"1\"}, \"data\": {"
          + "\"tool.gone\": \"{\\\"uid\\\": \\\"1001\\\", \\\"not-after\\\":"
          + " \\\"2027-01-01T00:00:00Z\\\"}\","
          + "\"admin.gone\": \"{\\\"uid\\\": \\\"1002\\\", \\\"not-after\\\":"
          + " \\\"2029-01-01T00:00:00Z\\\"}\","
          + "\"tool.odd\": \"{\", \"tool.empty\": \"{}\", \"tool.null\": \"null\"}}";

  @TempDir private Path folder;

  private CannedApiServer server;
  private Tombstones tombstones;

  @BeforeEach
  void load() {
    server =
        new CannedApiServer(
            folder,
            ClusterListener.NONE,
            call -> call.method().equals("GET") ? CannedApiServer.list(MAP) : Answer.of(MAP));
    tombstones = new Tombstones(server.connection(), "own");
    tombstones.cache().load();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void tellWhoseTheNameWasAndUntilWhen() {
    assertThat(tombstones.of(GONE)).contains(new Tombstone(new Uid(1001), END));
    assertThat(tombstones.of(AccountId.admin("gone"))).isPresent();
    assertThat(tombstones.of(AccountId.tool("other"))).isEmpty();
  }

  @Test
  void thatMakeNoSenseSayNothing() {
    assertThat(tombstones.of(AccountId.tool("odd"))).isEmpty();
    assertThat(tombstones.of(AccountId.tool("empty"))).isEmpty();
    assertThat(tombstones.of(AccountId.tool("null"))).isEmpty();
  }

  @Test
  void goWhenTheLastCertificateHasEnded() {
    tombstones.deleteExpired(END);
    assertThat(server.calls()).extracting(CannedApiServer.Call::method).containsOnly("GET");

    tombstones.deleteExpired(END.plusSeconds(1));

    assertThat(server.calls().getLast().body()).contains("{\"tool.gone\":null}");
  }

  @Test
  void areWrittenAndForgottenByOneKeyEach() {
    tombstones.bury(GONE, new Tombstone(new Uid(1001), END));
    assertThat(server.calls().getLast().body()).contains("\"tool.gone\":\"{", "2027-01-01");

    tombstones.forget(GONE);
    assertThat(server.calls().getLast().body()).contains("{\"tool.gone\":null}");
  }
}
