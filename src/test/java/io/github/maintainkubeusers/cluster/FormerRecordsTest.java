package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.ClusterListener;
import io.github.maintainkubeusers.testing.CannedApiServer;
import io.github.maintainkubeusers.testing.CannedApiServer.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerRecordsTest {
  private static final AccountId THERE = AccountId.tool("there");
  private static final AccountId ABSENT = AccountId.tool("absent");

  @TempDir private Path folder;

  @Test
  void areLookedForByNameInEachNamespace() {
    FormerRecords records =
        loaded(
            call ->
                call.path().endsWith("/tool-there/configmaps/maintain-kubeusers-there")
                    ? Answer.of(
                        "{\"metadata\": {\"name\": \"maintain-kubeusers-there\", \"uid\": \"1\","
                            + " \"resourceVersion\": \"1\"}}")
                    : new Answer(404, Map.of(), "{\"kind\": \"Status\", \"code\": 404}", false));

    assertThat(records.isOf(THERE)).isTrue();
    assertThat(records.isOf(ABSENT)).isFalse();
  }

  /** Without the component take-over, tools get new credentials; nothing else is to suffer. */
  @Test
  void areNoneWhereTheyMayNotBeRead() {
    assertThat(loaded(_ -> Answer.status(403)).isOf(THERE)).isFalse();
  }

  /** A fault that passes must not let a tool look as if it had asked for new credentials. */
  @Test
  void areNotTakenForAbsentWhenTheServerFails() {
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> loaded(_ -> Answer.status(500)));
  }

  private FormerRecords loaded(Function<CannedApiServer.Call, Answer> answers) {
    try (var server = new CannedApiServer(folder, ClusterListener.NONE, answers)) {
      var records = new FormerRecords(server.connection());
      records.load(List.of(THERE, ABSENT));
      return records;
    }
  }
}
